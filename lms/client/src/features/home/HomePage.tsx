import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { LearningRow } from "../../api/contract";
import { learningQuery } from "../../api/queries";
import { useMe } from "../../app/useMe";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { AssessmentTasks } from "../assessment/AssessmentTasks";
import { UnreadNotices } from "../notices/UnreadNotices";
import { PathCard } from "../paths/PathCard";
import { PATHS } from "../paths/addresses";
import { pathsQuery } from "../paths/queries";
import { MyWorkshops } from "../workshop/MyWorkshops";
import { CourseCard } from "./CourseCard";
import { LearningSummary } from "./LearningSummary";
import { NextUp } from "./NextUp";
import { nextUp } from "./nextUp";
import { sortLearning } from "./sortLearning";

export function HomePage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(learningQuery);
  return (
    <>
      <PageHeading title={t("home.title")}>
        <Greeting />
      </PageHeading>
      <AssessmentTasks />
      <MyWorkshops />
      {data !== undefined ? (
        <Lists rows={data} />
      ) : error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading rows={4} />
      )}
    </>
  );
}

function Greeting() {
  const { t } = useTranslation();
  const { employee } = useMe();
  if (employee === null) return null;
  const post = [employee.department?.path.join(" "), employee.tier?.title].filter(Boolean);
  return (
    <p className="text-solid-gray-700">
      {t("home.greeting", { name: employee.name })}{" "}
      {post.length > 0 && <span className="ml-2">{post.join(t("common.comma"))}</span>}
    </p>
  );
}

function Lists({ rows }: { rows: LearningRow[] }) {
  const { t } = useTranslation();
  const { toDo, available, done } = sortLearning(rows);
  return (
    <div className="flex flex-col gap-12">
      <div className="grid gap-x-8 gap-y-12 *:min-w-0 lg:grid-cols-[2fr_1fr]">
        <NextUp row={nextUp(rows)} isAnyOffered={available.length > 0} />
        <LearningSummary rows={rows} />
      </div>
      <UnreadNotices />
      <Section title={t("home.toDo")} count={toDo.length} empty={t("home.toDoEmpty")}>
        {toDo.map((row) => (
          <CourseCard key={row.course.key} row={row} isPressing />
        ))}
      </Section>
      <Paths />
      <Section
        isDense
        title={t("home.available")}
        count={available.length}
        empty={t("home.availableEmpty")}
      >
        {available.map((row) => (
          <CourseCard key={row.course.key} row={row} />
        ))}
      </Section>
      <Section isDense title={t("home.done")} count={done.length} empty={t("home.doneEmpty")}>
        {done.map((row) => (
          <CourseCard key={row.course.key} row={row} />
        ))}
      </Section>
    </div>
  );
}

const PATHS_SHOWN = 2;

/** The paths that are not done yet, the ones that are begun first; nothing where there is none. */
function Paths() {
  const { t } = useTranslation();
  const id = useId();
  const { data } = useQuery(pathsQuery);
  if (data === undefined || data.length === 0) return null;
  const running = data.filter(({ progress }) => progress.done < progress.total);
  const begun = [...running].sort((a, b) => Number(b.progress.done > 0) - Number(a.progress.done > 0));
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-baseline gap-x-6 gap-y-2">
        <h2 id={id} className="text-std-22B-150">
          {t("paths.title")}
        </h2>
        <Link to={PATHS} className="link">
          {t("paths.all", { count: data.length })}
        </Link>
      </div>
      {begun.length > 0 && (
        <ul className="grid gap-4 lg:grid-cols-2">
          {begun.slice(0, PATHS_SHOWN).map((row) => (
            <PathCard key={row.key} row={row} level="h3" />
          ))}
        </ul>
      )}
    </section>
  );
}

type SectionProps = {
  title: string;
  count: number;
  empty: string;
  /** Two beside each other where there is room: what is not pressing. */
  isDense?: boolean;
  children: ReactNode;
};

function Section({ title, count, empty, isDense = false, children }: SectionProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4">
      <h2 id={id} className="flex items-baseline gap-3 text-std-22B-150">
        {title}
        <span className="text-dns-16N-130 font-normal text-solid-gray-700">
          {t("home.count", { count })}
        </span>
      </h2>
      {count === 0 ? (
        <EmptyState>{empty}</EmptyState>
      ) : (
        <ul className={`grid gap-4 ${isDense ? "lg:grid-cols-2" : ""}`}>{children}</ul>
      )}
    </section>
  );
}
