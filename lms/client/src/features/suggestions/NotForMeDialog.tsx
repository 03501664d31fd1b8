import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import type { SuggestionAnswerGiven, SuggestionAnswers } from "../../api/contract";
import { ApiError } from "../../api/errors";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ErrorState } from "../../components/ErrorState";
import { ReasonField, useReason } from "../../components/ReasonField";

const LONGEST = 500;
type Reason = SuggestionAnswers["reasons"][number]["key"];

type Props = {
  title: string;
  reasons: SuggestionAnswers["reasons"];
  onSay: (body: SuggestionAnswerGiven) => Promise<unknown>;
  onClose: () => void;
};

/** Why a project is not for me: one of a few reasons, in own words if none of them is it. */
export function NotForMeDialog({ title, reasons, onSay, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [reason, setReason] = useState<Reason | null>(null);
  const note = useReason(reason === "other");
  const [isChecked, setIsChecked] = useState(false);
  const saying = useMutation({
    mutationFn: (chosen: Reason) =>
      onSay({ choice: "not_for_me", reason: chosen, note: note.said }),
    onSuccess: onClose,
  });
  return (
    <Dialog title={t("suggestions.notForMeOf", { title })} onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          setIsChecked(true);
          note.check();
          if (reason !== null && !note.isMissing) saying.mutate(reason);
        }}
      >
        <p>{t("suggestions.notForMeHelp")}</p>
        <fieldset
          className="flex flex-col gap-1"
          {...(isChecked && reason === null && { "aria-describedby": `${id}-error` })}
        >
          <legend className="pb-2 text-std-17B-170">{t("suggestions.reason")}</legend>
          {reasons.map((item) => (
            <label key={item.key} className="flex min-h-11 items-center gap-3">
              <input
                type="radio"
                name={id}
                value={item.key}
                checked={reason === item.key}
                onChange={() => setReason(item.key)}
                className="size-5 accent-key-900"
              />
              {item.title}
            </label>
          ))}
          {isChecked && reason === null && (
            <p id={`${id}-error`} role="alert" className="text-dns-16N-130 text-error-1">
              ＊{t("suggestions.reasonMissing")}
            </p>
          )}
        </fieldset>
        <ReasonField
          label={t(reason === "other" ? "suggestions.ownWords" : "suggestions.ownWordsToo")}
          missing={t("suggestions.noteMissing")}
          rows={3}
          longest={LONGEST}
          field={note.field}
        />
        {saying.isError && (
          <ErrorState
            error={saying.error}
            title={t("suggestions.notSaid")}
            {...(saying.error instanceof ApiError && { detail: saying.error.message })}
          />
        )}
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="outline" onClick={onClose}>
            {t("workshop.back")}
          </Button>
          <Button type="submit" disabled={saying.isPending}>
            {t("suggestions.say")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
