import { useTranslation } from "react-i18next";

import type { LearningRow } from "../../api/contract";
import { ButtonLink } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ProgressBar } from "../../components/ProgressBar";
import { Tag } from "../../components/Tag";
import { DueDate } from "../course/DueDate";
import { courseAddress, lessonAddress } from "../course/addresses";

/** The one lesson to go on with, and the way into it. */
export function NextUp({ row, isAnyOffered }: { row: LearningRow | undefined; isAnyOffered: boolean }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="next-up" className="flex flex-col gap-4">
      <h2 id="next-up" className="text-std-22B-150">
        {t("home.next")}
      </h2>
      {row === undefined ? (
        <EmptyState>{t(isAnyOffered ? "home.nextChoose" : "home.nextNothing")}</EmptyState>
      ) : (
        <Lesson row={row} />
      )}
    </section>
  );
}

function Lesson({ row }: { row: LearningRow }) {
  const { t } = useTranslation();
  const { course, next_lesson: lesson } = row;
  const action = t(row.started_at === null ? "home.begin" : "home.resume");
  const title = lesson?.title ?? course.title;
  return (
    <div
      className={`flex flex-1 flex-col gap-4 rounded-12 border-2 bg-white p-4 md:p-6 ${row.is_overdue ? "border-error-2" : "border-key-900"}`}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-dns-16N-130">
        {row.is_mandatory && <Tag tone="key">{t("course.mandatory")}</Tag>}
        {row.due_on !== null && <DueDate dueOn={row.due_on} isNamed />}
      </div>
      <div className="flex flex-col gap-1">
        <h3 className="text-std-20B-150 md:text-std-24B-150">{title}</h3>
        {lesson !== null && <p className="text-solid-gray-700">{t("home.lessonOf", { title: course.title })}</p>}
      </div>
      <ProgressBar progress={row.progress} label={t("progress.of", { title: course.title })} />
      <ButtonLink
        size="lg"
        to={lesson === null ? courseAddress(course.key) : lessonAddress(course.key, lesson.key)}
        aria-label={t("home.actionOf", { action, title })}
        className="w-full sm:w-auto sm:self-start sm:px-8"
      >
        {action}
      </ButtonLink>
    </div>
  );
}
