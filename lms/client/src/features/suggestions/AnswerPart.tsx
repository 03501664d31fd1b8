import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { SuggestionAnswer, SuggestionAnswerGiven, Titled } from "../../api/contract";
import { ApiError } from "../../api/errors";
import { announce } from "../../components/announcements";
import { Button } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { Icon } from "../../components/Icon";
import { NotForMeDialog } from "./NotForMeDialog";
import { answersQuery, putAnswer, SUGGESTIONS, withdrawAnswer } from "./queries";

const SAID = {
  interested: "suggestions.said.interested",
  not_for_me: "suggestions.said.notForMe",
  hidden: "suggestions.said.hidden",
} as const;

const NO_REASON = { reason: "", note: "" } as const;

/** What I say to a suggested project, and the way to say something else or nothing. */
export function AnswerPart({ project }: { project: Titled }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data } = useQuery(answersQuery);
  const [isAsked, setIsAsked] = useState(false);
  const group = useRef<HTMLDivElement>(null);
  // The button pressed is gone: the keyboard stays at what stands in its place, if anything does.
  const settled = async (text: string) => {
    const held = group.current;
    await queries.invalidateQueries({ queryKey: SUGGESTIONS });
    announce(text);
    requestAnimationFrame(() =>
      (held?.isConnected === true ? held : document.getElementById("main"))?.focus(),
    );
  };
  const answering = useMutation({
    mutationFn: (body: SuggestionAnswerGiven) => putAnswer(project.key, body),
    onSuccess: (said) => settled(t(SAID[said.choice])),
  });
  const withdrawing = useMutation({
    mutationFn: () => withdrawAnswer(project.key),
    onSuccess: () => settled(t("suggestions.withdrawn")),
  });
  if (data === undefined) return null;
  const held = data.answers.find((row) => row.project.key === project.key);
  const isBusy = answering.isPending || withdrawing.isPending;
  const fault = answering.error ?? withdrawing.error;
  return (
    <div
      ref={group}
      tabIndex={-1}
      role="group"
      aria-label={t("suggestions.answerTo", { title: project.title })}
      className="flex flex-col gap-3 border-t border-solid-gray-300 pt-4"
    >
      {held !== undefined ? (
        <Held answer={held}>
          <Button variant="outline" size="sm" disabled={isBusy} onClick={() => withdrawing.mutate()}>
            {t("suggestions.withdraw")}
          </Button>
        </Held>
      ) : (
        <div className="flex flex-wrap gap-3">
          <Button
            size="sm"
            className="min-h-11"
            disabled={isBusy}
            onClick={() => answering.mutate({ choice: "interested", ...NO_REASON })}
          >
            {t("suggestions.interested")}
          </Button>
          <Button
            variant="outline"
            size="sm"
            className="min-h-11"
            disabled={isBusy}
            onClick={() => setIsAsked(true)}
          >
            {t("suggestions.notForMe")}
          </Button>
          <Button
            variant="text"
            size="sm"
            className="min-h-11"
            disabled={isBusy}
            onClick={() => answering.mutate({ choice: "hidden", ...NO_REASON })}
          >
            {t("suggestions.hide")}
          </Button>
        </div>
      )}
      {fault !== null && !isAsked && (
        <ErrorState
          error={fault}
          title={t("suggestions.notSaid")}
          {...(fault instanceof ApiError && { detail: fault.message })}
        />
      )}
      {isAsked && (
        <NotForMeDialog
          title={project.title}
          reasons={data.reasons}
          onSay={(body) => answering.mutateAsync(body)}
          onClose={() => setIsAsked(false)}
        />
      )}
    </div>
  );
}

function Held({ answer, children }: { answer: SuggestionAnswer; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-8 bg-solid-gray-50 p-4">
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
        <p className="flex items-center gap-2 font-bold">
          <Icon name={answer.choice === "interested" ? "success" : "minus"} className="size-5" />
          {t(SAID[answer.choice])}
        </p>
        {answer.choice === "not_for_me" && (
          <p className="text-dns-16N-130">
            {t("suggestions.because", { reason: answer.reason_text })}
            {answer.note !== "" && t("suggestions.note", { note: answer.note })}
          </p>
        )}
        <p className="text-dns-14N-130 text-solid-gray-700">
          {t(
            answer.choice === "interested"
              ? "suggestions.whoSees.interested"
              : answer.choice === "hidden"
                ? "suggestions.whoSees.hidden"
                : "suggestions.whoSees.notForMe",
          )}
        </p>
      </div>
      {children}
    </div>
  );
}
