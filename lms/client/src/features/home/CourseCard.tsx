import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { LearningRow } from "../../api/contract";
import { ButtonLink } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { ProgressBar } from "../../components/ProgressBar";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { DueDate } from "../course/DueDate";
import { LockedBy } from "../course/LockedBy";
import { courseAddress, lessonAddress } from "../course/addresses";

type Props = {
  row: LearningRow;
  /** Of the list of things to do. */
  isPressing?: boolean;
};

export function CourseCard({ row, isPressing = false }: Props) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { course, progress, completed_at: completedAt, next_lesson_key: next } = row;
  const isLocked = row.locked_by.length > 0;
  const isStarted = row.started_at !== null || progress.done > 0;
  const action =
    completedAt !== null ? t("home.review") : isStarted ? t("home.continue") : t("home.start");
  const to =
    completedAt !== null || next === null ? courseAddress(course.key) : lessonAddress(course.key, next);

  return (
    <li
      className={`grid items-center gap-x-6 gap-y-4 rounded-12 border bg-white p-4 md:grid-cols-[minmax(0,1fr)_auto] md:p-6 ${row.is_overdue ? "border-l-8 border-error-2" : "border-solid-gray-420"}`}
    >
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {row.is_mandatory && <Tag tone="key">{t("course.mandatory")}</Tag>}
          <h3 className="text-std-18B-160">
            <Link to={courseAddress(course.key)} className="link">
              {course.title}
            </Link>
          </h3>
        </div>
        <p className="line-clamp-2 text-solid-gray-700">{course.summary}</p>
        <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-dns-16N-130">
          <span>{t("course.minutes", { count: course.minutes })}</span>
          {completedAt !== null ? (
            <span>{t("course.completedOn", { date: date(completedAt) })}</span>
          ) : (
            row.due_on !== null && <DueDate dueOn={row.due_on} isNamed />
          )}
          {row.granted_lessons > 0 && (
            <span>{t("testOut.grantedLessons", { count: row.granted_lessons })}</span>
          )}
        </div>
        {isLocked ? (
          <LockedBy courses={row.locked_by} />
        ) : (
          <ProgressBar progress={progress} label={t("progress.of", { title: course.title })} />
        )}
      </div>
      {isLocked ? (
        <p className="flex items-center gap-2 text-dns-16B-130 text-solid-gray-700">
          <Icon name="lock" className="size-5" />
          {t("course.locked")}
        </p>
      ) : (
      <ButtonLink
        to={to}
        variant={isPressing ? "solid" : "outline"}
        aria-label={t("home.actionOf", { action, title: course.title })}
        className="w-full md:w-28"
      >
        {action}
      </ButtonLink>
      )}
    </li>
  );
}
