import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import type { Course } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { NotFoundPage } from "../../app/NotFoundPage";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { ButtonLink } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { ProgressBar } from "../../components/ProgressBar";
import { Loading } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { pathAddress } from "../paths/addresses";
import { CompletedBanner } from "./CompletedBanner";
import { DueDate } from "./DueDate";
import { LockedBanner } from "./LockedBanner";
import { LessonList } from "./LessonList";
import { nextLesson } from "./lessons";
import { useSetting } from "./setting";
import { TestOutPanel } from "./TestOutPanel";
import { useCourse } from "./useCourse";

export function CoursePage() {
  const { key = "" } = useParams();
  const { data: course, error, refetch } = useCourse(key);
  if (course !== undefined) return <CourseView course={course} />;
  if (statusOf(error) === 404) return <NotFoundPage />;
  return error === null ? <Loading /> : <ErrorState error={error} onRetry={() => void refetch()} />;
}

/** A course with its lessons, as its learner meets it. */
export function CourseView({ course }: { course: Course }) {
  const { t } = useTranslation();
  const { home, besideCourse: Beside } = useSetting();
  return (
    <>
      <Breadcrumbs home={home} trail={[{ title: course.title }]} />
      <PageHeading title={course.title}>
        {course.is_mandatory && (
          <p>
            <Tag tone="key">{t("course.mandatory")}</Tag>
          </p>
        )}
        <p className="max-w-3xl">{course.summary}</p>
      </PageHeading>
      {Beside !== undefined && <Beside />}
      {course.completed_at !== null && <CompletedBanner course={course} />}
      <LockedBanner course={course} />
      <TestOutPanel course={course} />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_20rem]">
        <section aria-labelledby="lessons" className="flex flex-col gap-4 max-lg:order-last">
          <h2 id="lessons" className="text-std-22B-150">
            {t("course.lessons")}
          </h2>
          <LessonList course={course} />
        </section>
        <CourseFacts course={course} />
      </div>
    </>
  );
}

function CourseFacts({ course }: { course: Course }) {
  const { t } = useTranslation();
  const { courseAddress, lessonAddress } = useSetting();
  const { date } = useFormat();
  const next = nextLesson(course);
  const isStarted = course.progress.done > 0;
  const action =
    course.completed_at !== null
      ? t("home.review")
      : isStarted
        ? t("home.continue")
        : t("home.start");
  return (
    <section
      aria-label={t("course.facts")}
      className="flex flex-col gap-5 rounded-12 border border-solid-gray-420 p-4 md:p-6"
    >
      <ProgressBar
        progress={course.progress}
        label={t("progress.of", { title: course.title })}
      />
      {next !== undefined && course.locked_by.length === 0 && (
        <ButtonLink
          to={lessonAddress(course.key, next.key)}
          variant={course.completed_at === null ? "solid" : "outline"}
          aria-label={t("home.actionOf", { action, title: next.title })}
        >
          {action}
        </ButtonLink>
      )}
      <dl className="flex flex-col gap-4 text-dns-16N-130 [&_dt]:mb-1 [&_dt]:text-dns-14B-130 [&_dt]:text-solid-gray-700">
        <div>
          <dt>{t("course.time")}</dt>
          <dd>{t("course.minutes", { count: course.minutes })}</dd>
        </div>
        {course.completed_at !== null ? (
          <div>
            <dt>{t("course.completedAt")}</dt>
            <dd>{date(course.completed_at)}</dd>
          </div>
        ) : (
          course.due_on !== null && (
            <div>
              <dt>{t("course.due")}</dt>
              <dd>
                <DueDate dueOn={course.due_on} />
              </dd>
            </div>
          )
        )}
        {course.paths.length > 0 && (
          <div>
            <dt>{t("paths.title")}</dt>
            <dd>
              <ul className="flex flex-col gap-3">
                {course.paths.map((path) => (
                  <li key={path.key} className="flex flex-col items-start gap-1">
                    <Link to={pathAddress(path.key)} className="link">
                      {path.title}
                    </Link>
                    {path.next !== null && (
                      <Link to={courseAddress(path.next.key)} className="link text-dns-14N-130">
                        {t("paths.nextIs", { title: path.next.title })}
                      </Link>
                    )}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
        {course.awards.length > 0 && (
          <div>
            <dt>{t("course.awards")}</dt>
            <dd>
              <ul className="flex flex-col gap-1">
                {course.awards.map(({ competency, level }) => (
                  <li key={competency.key}>
                    {t("course.award", { competency: competency.title, level })}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
        {course.measures.length > 0 && (
          <div>
            <dt>{t("course.measures")}</dt>
            <dd>{course.measures.join(t("common.comma"))}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
