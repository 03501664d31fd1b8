import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Activity, DataExercise, Grade } from "../../api/contract";
import { attemptQuery } from "../../api/queries";
import { buttonClasses } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { Icon } from "../../components/Icon";
import { Skeleton } from "../../components/Skeleton";
import { fileSize } from "../../i18n/fileSize";
import { useSetting } from "../course/setting";
import { ActivityCard } from "../player/ActivityCard";
import { Attempts } from "./Attempts";
import { HandIn } from "./HandIn";
import { ReportView } from "./ReportView";
import { ColumnList, RuleList } from "./Rules";

type Props = { courseKey: string; activity: Activity; number: number };

/** A data exercise of a lesson: a file to download, to clean elsewhere and to hand in. */
export function ExerciseFrame({ courseKey, activity, number }: Props) {
  const { t } = useTranslation();
  const setting = useSetting();
  const { data, error, refetch } = useQuery(setting.exercise(courseKey, activity.key));

  return (
    <ActivityCard
      activity={activity}
      name={t("player.exercise", { number })}
      className="p-4 md:p-6"
    >
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton className="h-64" />
      ) : (
        <Task courseKey={courseKey} exercise={data} />
      )}
    </ActivityCard>
  );
}

type Graded = { grade: Grade; number: number };

function Task({ courseKey, exercise }: { courseKey: string; exercise: DataExercise }) {
  const { t } = useTranslation();
  // The one just graded, whose report came with the answer.
  const [graded, setGraded] = useState<Graded | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const shown = chosen ?? graded?.number ?? exercise.attempts[0]?.number ?? null;

  return (
    <div className="flex flex-col gap-8">
      <p className="whitespace-pre-line">{exercise.instructions}</p>
      <ol className="flex flex-col gap-6">
        <Step number={1} title={t("exercise.download")}>
          <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <a
              href={exercise.file.url}
              download={exercise.file.name}
              className={buttonClasses({ variant: "outline" })}
            >
              <Icon name="download" className="size-5" />
              {t("exercise.downloadFile")}
            </a>
            <span className="break-all text-dns-14N-130 text-solid-gray-700">
              {t("exercise.file", {
                name: exercise.file.name,
                size: fileSize(exercise.file.size_bytes),
              })}
            </span>
          </p>
        </Step>
        <Step number={2} title={t("exercise.clean")}>
          <p>{t("exercise.cleanHelp")}</p>
          <RuleList rules={exercise.rules} />
          <ColumnList columns={exercise.columns} />
        </Step>
        <Step number={3} title={t("exercise.upload")}>
          <HandIn
            courseKey={courseKey}
            exercise={exercise}
            onGraded={(grade) => {
              // Where no tries are kept, those of this visit are counted.
              const number = "number" in grade ? grade.number : (graded?.number ?? 0) + 1;
              setGraded({ grade, number });
              setChosen(null);
            }}
          />
        </Step>
      </ol>
      {graded !== null && graded.number === shown ? (
        <ReportView key={shown} {...graded} passMark={exercise.pass_mark} isFresh />
      ) : (
        shown !== null && (
          <Result
            key={shown}
            courseKey={courseKey}
            exercise={exercise}
            number={shown}
            isFresh={chosen !== null}
          />
        )
      )}
      {exercise.attempts.length > 0 && (
        <Attempts
          courseKey={courseKey}
          exercise={exercise}
          shown={shown}
          onShow={setChosen}
        />
      )}
    </div>
  );
}

type ResultProps = { courseKey: string; exercise: DataExercise; number: number; isFresh: boolean };

function Result({ courseKey, exercise, number, isFresh }: ResultProps) {
  const { data, error, refetch } = useQuery(attemptQuery(courseKey, exercise.key, number));
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton className="h-48" />;
  return <ReportView grade={data} number={number} passMark={exercise.pass_mark} isFresh={isFresh} />;
}

type StepProps = { number: number; title: string; children: React.ReactNode };

function Step({ number, title, children }: StepProps) {
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-3">
      <span
        aria-hidden="true"
        className="flex size-8 items-center justify-center rounded-full bg-key-900 text-dns-16B-120 text-white"
      >
        {number}
      </span>
      <h4 className="self-center text-std-17B-170">{title}</h4>
      <div className="col-span-2 flex flex-col gap-4 md:col-span-1 md:col-start-2">{children}</div>
    </li>
  );
}
