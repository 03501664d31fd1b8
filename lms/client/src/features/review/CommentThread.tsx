import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import type { ReviewComment } from "../../api/contract";
import { ApiError } from "../../api/errors";
import { announce } from "../../components/announcements";
import { Button } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { TextField } from "../../components/Field";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { withComment } from "./commentPlaces";
import { useToken } from "./context";
import { addComment, addReply, commentsQuery, type Place, settleComment } from "./queries";

/** One comment with its replies, and what can be done about it. */
export function CommentThread({ comment }: { comment: ReviewComment }) {
  const { t } = useTranslation();
  const token = useToken();
  const [isReplying, setIsReplying] = useState(false);
  const settling = useChange(
    (isSettled: boolean) => settleComment(token, comment.id, isSettled),
    (changed) => t(changed.resolved ? "review.settled" : "review.reopened"),
  );
  return (
    <li className="flex flex-col gap-2 rounded-8 border border-solid-gray-420 bg-white p-3">
      <Said {...comment} />
      {comment.resolved && (
        <p>
          <Tag tone="success">{t("review.settled")}</Tag>
        </p>
      )}
      {comment.replies.length > 0 && (
        <ul className="flex flex-col gap-3 border-l-2 border-solid-gray-420 pl-3">
          {comment.replies.map((reply) => (
            <li key={reply.id}>
              <Said {...reply} />
            </li>
          ))}
        </ul>
      )}
      {isReplying && (
        <TextForm
          label={t("review.replyTo", { name: comment.author })}
          action={t("review.reply")}
          done={t("review.replied")}
          send={(text) => addReply(token, comment.id, text)}
          onDone={() => setIsReplying(false)}
        />
      )}
      {settling.isError && <ErrorState error={settling.error} />}
      <p className="flex flex-wrap gap-2">
        {!isReplying && (
          <Button size="sm" variant="text" onClick={() => setIsReplying(true)}>
            {t("review.reply")}
          </Button>
        )}
        <Button
          size="sm"
          variant="text"
          disabled={settling.isPending}
          onClick={() => settling.mutate(!comment.resolved)}
        >
          {comment.resolved ? t("review.reopen") : t("review.settle")}
        </Button>
      </p>
    </li>
  );
}

export function CommentForm({ place, name }: { place: Place; name: string }) {
  const { t } = useTranslation();
  const token = useToken();
  return (
    <TextForm
      label={t("review.newComment", { name })}
      action={t("review.send")}
      done={t("review.sent")}
      send={(text) => addComment(token, place, text)}
    />
  );
}

function Said({ author, created_at, text }: { author: string; created_at: string; text: string }) {
  const { dateTime } = useFormat();
  return (
    <>
      <p className="text-dns-14N-130 text-solid-gray-700">
        <span className="font-bold text-solid-gray-900">{author}</span>{" "}
        <time dateTime={created_at}>{dateTime(created_at)}</time>
      </p>
      <p className="whitespace-pre-line">{text}</p>
    </>
  );
}

type FormProps = {
  label: string;
  action: string;
  done: string;
  send: (text: string) => Promise<ReviewComment>;
  onDone?: () => void;
};

function TextForm({ label, action, done, send, onDone }: FormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  const sending = useChange(send, () => done);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsMissing(text.trim() === "");
    if (text.trim() === "") {
      event.currentTarget.querySelector("textarea")?.focus();
      return;
    }
    sending.mutate(text.trim(), {
      onSuccess: () => {
        setText("");
        onDone?.();
      },
    });
  };

  return (
    <form noValidate onSubmit={submit} className="flex flex-col items-start gap-2">
      <TextField
        label={label}
        isCompact
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={isMissing ? t("review.textMissing") : null}
        maxLength={5000}
        rows={2}
      />
      {sending.isError && (
        <ErrorState
          error={sending.error}
          {...(sending.error instanceof ApiError && { detail: sending.error.message })}
        />
      )}
      <Button size="sm" variant="outline" type="submit" disabled={sending.isPending}>
        {action}
      </Button>
    </form>
  );
}

/** A change to one comment: sent, put into the list, said aloud. */
function useChange<Argument>(
  send: (argument: Argument) => Promise<ReviewComment>,
  said: (changed: ReviewComment) => string,
) {
  const queries = useQueryClient();
  const { queryKey } = commentsQuery(useToken());
  return useMutation({
    mutationFn: send,
    onSuccess: (changed) => {
      queries.setQueryData(queryKey, (old) => withComment(old ?? [], changed));
      announce(said(changed));
    },
  });
}
