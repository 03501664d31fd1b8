import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type DragEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Attempt, DataExercise, Grade } from "../../api/contract";
import { ApiError } from "../../api/errors";
import { announce } from "../../components/announcements";
import { Banner } from "../../components/Banner";
import { Button, buttonClasses } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { fileSize } from "../../i18n/fileSize";
import { useFormat } from "../../i18n/useFormat";
import { useSetting } from "../course/setting";
import { endingsOf, fileFault } from "./fileFault";

type Props = {
  courseKey: string;
  exercise: DataExercise;
  onGraded: (grade: Grade | Attempt) => void;
};

const FORMATS = { csv: "CSV", xlsx: "Excel (.xlsx)" };

/** Choosing a file, by drag and drop or by a button, and having it graded. */
export function HandIn({ courseKey, exercise, onGraded }: Props) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  const id = useId();
  const queries = useQueryClient();
  const { handIn } = useSetting();
  const [file, setFile] = useState<File | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const formats = exercise.formats.map((format) => FORMATS[format]).join(t("common.comma"));
  const size = fileSize(exercise.max_bytes);

  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (given: File) => handIn(courseKey, exercise.key, given),
    onSuccess: (grade) => {
      for (const queryKey of [["exercise"], ["course"], ["learning"], ["skills"], ["suggestions"]]) {
        void queries.invalidateQueries({ queryKey });
      }
      setFile(null);
      announce(t("exercise.announced", { score: percent(grade.score) }));
      onGraded(grade);
    },
  });

  const take = (given: readonly File[]) => {
    const [first] = given;
    if (first === undefined) return;
    reset();
    const found = fileFault(first, exercise);
    setFile(found === null && given.length === 1 ? first : null);
    setFault(
      given.length > 1
        ? t("exercise.several")
        : found === "tooLarge"
          ? t("exercise.tooLarge", { size })
          : found === "wrongEnding"
            ? t("exercise.wrongEnding", { formats })
            : null,
    );
  };

  const drag = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      if (!isPending) take([...event.dataTransfer.files]);
    },
  };

  return (
    <div className="flex flex-col gap-4">
      <div
        role="group"
        aria-labelledby={`${id}-label`}
        className={`flex flex-col items-start gap-3 rounded-8 border-2 border-dashed p-4 md:p-6 ${isOver ? "border-key-900 bg-key-50" : "border-solid-gray-536 bg-solid-gray-50"}`}
        {...drag}
      >
        <p id={`${id}-label`}>{t("exercise.drop")}</p>
        <input
          id={id}
          type="file"
          accept={endingsOf(exercise.formats).join(",")}
          disabled={isPending}
          aria-describedby={`${id}-limits ${id}-fault`}
          aria-invalid={fault !== null}
          className="peer sr-only"
          onChange={(event) => {
            take([...(event.target.files ?? [])]);
            // The same file, saved anew, is to be taken again.
            event.target.value = "";
          }}
        />
        <label
          htmlFor={id}
          className={`${buttonClasses({ variant: "outline" })} cursor-pointer peer-focus-visible:outline-4 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-black`}
        >
          {t("exercise.choose")}
        </label>
        <p id={`${id}-limits`} className="text-dns-14N-130 text-solid-gray-700">
          {t("exercise.limits", { formats, size })}
        </p>
        <p id={`${id}-fault`} aria-live="polite" className="text-error-1 empty:hidden">
          {fault}
        </p>
      </div>
      {file !== null && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <p role="status" className="break-all">
            {t("exercise.chosen", { name: file.name, size: fileSize(file.size) })}
          </p>
          <Button aria-disabled={isPending} onClick={() => !isPending && mutate(file)}>
            {isPending ? t("exercise.sending") : t("exercise.send")}
          </Button>
        </div>
      )}
      {error instanceof ApiError && error.status < 500 ? (
        <Banner tone="error" title={t("exercise.refused")} isAlert>
          <p>{error.message}</p>
        </Banner>
      ) : (
        error !== null && <ErrorState error={error} title={t("exercise.refused")} />
      )}
    </div>
  );
}
