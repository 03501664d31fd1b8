import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Review } from "../../api/contract";
import { PAGE_WIDTH } from "../../app/Layout";
import { Button } from "../../components/Button";
import { Tag, type TagTone } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { DecisionDialog } from "./DecisionDialog";
import type { Decision } from "./queries";

const STATES: Record<Review["status"], { text: StateText; tone: TagTone }> = {
  draft: { text: "review.draft", tone: "neutral" },
  under_review: { text: "review.underReview", tone: "key" },
  changes_requested: { text: "review.changesRequested", tone: "warning" },
  published: { text: "review.published", tone: "success" },
};

type StateText =
  | "review.draft"
  | "review.underReview"
  | "review.changesRequested"
  | "review.published";

/** Who reviews what, until when, where it stands, and the two ways to decide. */
export function ReviewBar({ review }: { review: Review }) {
  const { t } = useTranslation();
  const { date, dateTime } = useFormat();
  const [deciding, setDeciding] = useState<Decision | null>(null);
  const { text, tone } = STATES[review.status];
  const { approvals_given: given, approvals_needed: needed } = review;

  return (
    <section
      aria-label={t("review.title")}
      className="review-bar border-b-4 border-key-900 bg-key-50 md:sticky md:top-0 md:z-20"
    >
      <div className={`${PAGE_WIDTH} flex flex-wrap items-center gap-x-6 gap-y-3 py-3`}>
        <div className="flex min-w-0 flex-1 basis-96 flex-col gap-1">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-bold text-solid-gray-900">{t("review.title")}</span>
            <Tag tone={tone}>{t(text)}</Tag>
            {review.status === "under_review" && needed > 1 && (
              <span className="text-dns-14N-130">{t("review.approvals", { given, needed })}</span>
            )}
            <span className="text-dns-14N-130 text-solid-gray-800">
              {t("review.reviewer", { name: review.reviewer.name })}
              {review.reviewer.is_guest && ` ${t("review.until", { date: date(review.expires_at) })}`}
            </span>
          </p>
          <p className="text-dns-14N-130 text-solid-gray-800">
            {review.drafted_at !== null && t("review.draftOf", { date: dateTime(review.drafted_at) })}{" "}
            {review.version > 0
              ? t("review.learnersHave", { version: review.version })
              : t("review.learnersHaveNothing")}{" "}
            {t("review.notRecorded")}
          </p>
          {review.status === "under_review" && review.objection !== null && (
            <p className="text-dns-14N-130 font-bold text-solid-gray-900">
              {review.objection.message}
            </p>
          )}
        </div>
        {review.may_decide && (
          <div className="flex flex-wrap gap-3">
            <Button size="sm" variant="outline" onClick={() => setDeciding("request_changes")}>
              {t("review.askForChanges")}
            </Button>
            <Button size="sm" onClick={() => setDeciding("approve")}>
              {t("review.approve")}
            </Button>
          </div>
        )}
      </div>
      {deciding !== null && (
        <DecisionDialog review={review} decision={deciding} onClose={() => setDeciding(null)} />
      )}
    </section>
  );
}
