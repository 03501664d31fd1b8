import { useTranslation } from "react-i18next";

import { useFormat } from "../../i18n/useFormat";
import { type Draft, hoursOf } from "./draft";

/** What the numbers come to in a year, as soon as there are any. */
export function SavingText({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const hours = hoursOf(draft);
  return (
    <p role="status" className="rounded-8 bg-key-50 p-4 text-key-1000">
      {hours === null ? (
        t("proposal.noHours")
      ) : hours.then === null || hours.then > hours.now ? (
        t("proposal.hoursNow", { now: number(hours.now) })
      ) : (
        <span className="font-bold">
          {t("proposal.hoursSaved", {
            now: number(hours.now),
            then: number(hours.then),
            saved: number(hours.now - hours.then),
          })}
        </span>
      )}
    </p>
  );
}
