import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Review } from "../../api/contract";
import { ApiError } from "../../api/errors";
import { announce } from "../../components/announcements";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ErrorState } from "../../components/ErrorState";
import { TextField } from "../../components/Field";
import { useToken } from "./context";
import { type Decision, decide, reviewQuery } from "./queries";

type Props = { review: Review; decision: Decision; onClose: () => void };

const TEXTS = {
  approve: { title: "review.approveTitle", action: "review.approve", done: "review.approved" },
  request_changes: {
    title: "review.changesTitle",
    action: "review.askForChanges",
    done: "review.changesAsked",
  },
} as const;

/** Asks once more, and for the reason where changes are wanted. */
export function DecisionDialog({ review, decision, onClose }: Props) {
  const { t } = useTranslation();
  const token = useToken();
  const queries = useQueryClient();
  const [comment, setComment] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  const { title, action, done } = TEXTS[decision];
  const deciding = useMutation({
    mutationFn: () => decide(token, decision, comment.trim()),
    onSuccess: (state) => {
      queries.setQueryData(reviewQuery(token).queryKey, (old) => old && { ...old, ...state });
      void queries.invalidateQueries({ queryKey: reviewQuery(token).queryKey, exact: true });
      announce(t(done));
      onClose();
    },
  });

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const isWithoutReason = decision === "request_changes" && comment.trim() === "";
    setIsMissing(isWithoutReason);
    if (isWithoutReason) event.currentTarget.querySelector("textarea")?.focus();
    else deciding.mutate();
  };

  return (
    <Dialog title={t(title)} onClose={onClose}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-6">
        <p>{t(consequence(review, decision))}</p>
        <TextField
          label={decision === "approve" ? t("review.commentIfAny") : t("review.reason")}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
          error={isMissing ? t("review.reasonMissing") : null}
          required={decision === "request_changes"}
          maxLength={5000}
          rows={5}
        />
        {deciding.isError && (
          <ErrorState
            error={deciding.error}
            {...(deciding.error instanceof ApiError && { detail: deciding.error.message })}
          />
        )}
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="outline" onClick={onClose}>
            {t("review.cancel")}
          </Button>
          <Button type="submit" disabled={deciding.isPending}>
            {t(action)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function consequence(review: Review, decision: Decision) {
  if (decision === "request_changes") return "review.changesText";
  return review.approvals_given + 1 < review.approvals_needed
    ? "review.approveFirstText"
    : "review.approveLastText";
}
