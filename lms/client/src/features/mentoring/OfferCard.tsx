import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { MentorPair } from "../../api/contract";
import { Button } from "../../components/Button";
import { usePairChange } from "./change";
import { PairHead } from "./PairHead";
import { answerPair } from "./queries";
import { ReasonDialog } from "./ReasonDialog";
import { Refused } from "./Refused";

/** A pair that waits for my yes or no. */
export function OfferCard({ pair }: { pair: MentorPair }) {
  const { t } = useTranslation();
  const [isDeclining, setIsDeclining] = useState(false);
  const other = pair.side === "mentor" ? pair.learner : pair.mentor;
  const agreeing = usePairChange(
    () => answerPair(pair.uuid, true, ""),
    t("mentoring.offer.agreed", { name: other.name }),
  );
  const hasAgreed = pair.side === "mentor" ? pair.learner_agrees : pair.mentor_agrees;
  return (
    <article
      id={pair.uuid}
      aria-label={t("mentoring.pair.with", { name: other.name })}
      className="flex flex-col gap-4 rounded-12 border-2 border-key-900 bg-key-50 p-4 md:p-6"
    >
      <PairHead pair={pair} />
      {hasAgreed === true && <p>{t("mentoring.offer.otherAgrees", { name: other.name })}</p>}
      {agreeing.isError && <Refused error={agreeing.error} />}
      <div className="flex flex-wrap gap-3">
        <Button
          disabled={agreeing.isPending}
          aria-label={t("mentoring.offer.agreeWith", { name: other.name })}
          onClick={() => agreeing.mutate(undefined)}
        >
          {t("mentoring.offer.agree")}
        </Button>
        <Button
          variant="outline"
          aria-label={t("mentoring.offer.declineWith", { name: other.name })}
          onClick={() => setIsDeclining(true)}
        >
          {t("mentoring.offer.decline")}
        </Button>
      </div>
      {isDeclining && (
        <ReasonDialog
          title={t("mentoring.offer.declineTitle", { name: other.name })}
          text={t("mentoring.offer.declineText")}
          action={t("mentoring.offer.decline")}
          done={t("mentoring.offer.declined", { name: other.name })}
          onSend={(reason) => answerPair(pair.uuid, false, reason)}
          onClose={() => setIsDeclining(false)}
        />
      )}
    </article>
  );
}
