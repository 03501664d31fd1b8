import { useTranslation } from "react-i18next";

import type { Saving } from "../../api/contract";
import { useFormat } from "../../i18n/useFormat";
import { PHASE_NAMES } from "./words";

type Props = { kind: "forecast" | "measured"; saving: Saving | null };

/** Hours a year before and after, of one kind; dashed what is only expected. */
export function SavingPanel({ kind, saving }: Props) {
  const { t } = useTranslation();
  const { date, number, percent } = useFormat();
  return (
    <div
      data-saving={kind}
      className={`flex flex-col gap-2 rounded-8 border-2 p-4 ${kind === "forecast" ? "border-dashed border-solid-gray-536" : "border-key-900"}`}
    >
      <h3 className="text-std-16B-170">
        {t(kind === "forecast" ? "figures.forecast" : "figures.measured")}
      </h3>
      {saving === null ? (
        <p className="text-solid-gray-700">
          {t(kind === "forecast" ? "figures.noForecast" : "figures.notMeasured")}
        </p>
      ) : (
        <>
          <p className="text-std-20B-150 tabular-nums">
            {t("figures.beforeAfter", {
              before: number(saving.before),
              after: number(saving.after),
            })}
          </p>
          <p className="tabular-nums">
            {t("figures.saved", { hours: number(saving.saved) })}
            {saving.rate !== null && t("figures.rate", { rate: percent(saving.rate, 1) })}
          </p>
          <p className="text-dns-16N-130 text-solid-gray-700 tabular-nums">
            {saving.yen === null
              ? t("figures.noYen")
              : t("figures.yen", { yen: number(saving.yen, 0) })}
          </p>
          {kind === "measured" && (
            <p className="text-dns-16N-130 text-solid-gray-700">
              {t(PHASE_NAMES[saving.phase])}
              {saving.measured_on !== null && ` ${date(saving.measured_on)}`}
            </p>
          )}
        </>
      )}
    </div>
  );
}
