import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import type { Course, Lesson } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { NotFoundPage } from "../../app/NotFoundPage";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { ProgressBar } from "../../components/ProgressBar";
import { Loading } from "../../components/Skeleton";
import { Blocks } from "./Blocks";
import { LockedBanner } from "./LockedBanner";
import { LessonEnd } from "./LessonEnd";
import { LessonList } from "./LessonList";
import { LessonRule } from "./LessonNeed";
import { isTestOut, learnedLessons } from "./lessons";
import { useSetting } from "./setting";
import { TestOutResult } from "./TestOutResult";
import { useCourse, useEnrolment } from "./useCourse";
import { useReadingTime } from "./useReadingTime";

export function LessonPage() {
  const { key = "", lessonKey = "" } = useParams();
  const { data: course, error, refetch } = useCourse(key);
  const lesson = course?.lessons.find((candidate) => candidate.key === lessonKey);

  if (course !== undefined) {
    return lesson === undefined ? (
      <NotFoundPage />
    ) : (
      <EnrolledLesson key={lesson.key} course={course} lesson={lesson} />
    );
  }
  if (statusOf(error) === 404) return <NotFoundPage />;
  return error === null ? <Loading /> : <ErrorState error={error} onRetry={() => void refetch()} />;
}

function EnrolledLesson({ course, lesson }: { course: Course; lesson: Lesson }) {
  const { t } = useTranslation();
  const { isEnrolled, error, retry } = useEnrolment(course);
  return (
    <LessonView course={course} lesson={lesson} isEnrolled={isEnrolled}>
      <LockedBanner course={course} />
      {error !== null && <ErrorState error={error} title={t("lesson.notEnrolled")} onRetry={retry} />}
    </LessonView>
  );
}

type ViewProps = {
  course: Course;
  lesson: Lesson;
  /** Activities wait for it. */
  isEnrolled: boolean;
  /** What is to be said before the lesson begins. */
  children?: ReactNode;
};

/** A lesson as its learner meets it. */
export function LessonView({ course, lesson, isEnrolled, children }: ViewProps) {
  const { t } = useTranslation();
  const { courseAddress, home } = useSetting();
  const lessons = learnedLessons(course);
  const isTest = isTestOut(lesson);
  useReadingTime(lesson, isEnrolled);

  return (
    <>
      <Breadcrumbs
        home={home}
        trail={[{ title: course.title, to: courseAddress(course.key) }, { title: lesson.title }]}
      />
      <div className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <article className="flex max-w-3xl flex-col gap-8">
          <PageHeading title={lesson.title}>
            <p className="order-first text-dns-16N-130 text-solid-gray-700">
              {isTest
                ? t("testOut.name")
                : t("lesson.place", {
                    place: lessons.indexOf(lesson) + 1,
                    total: lessons.length,
                  })}
            </p>
            <LessonRule lesson={lesson} />
            {isTest && <p>{t("testOut.rules")}</p>}
          </PageHeading>
          {children}
          {course.locked_by.length === 0 && (
            <>
              {isTest && <h2 className="text-std-22B-150">{t("testOut.questions")}</h2>}
              <Blocks course={course} lesson={lesson} isEnrolled={isEnrolled} />
              {isTest ? (
                <TestOutResult course={course} lesson={lesson} />
              ) : (
                <LessonEnd course={course} lesson={lesson} isEnrolled={isEnrolled} />
              )}
            </>
          )}
        </article>
        <aside
          aria-label={t("lesson.courseProgress")}
          className="flex flex-col gap-4 lg:sticky lg:top-(--sticky-top,1.5rem)"
        >
          <h2 className="text-std-18B-160">{course.title}</h2>
          <ProgressBar
            progress={course.progress}
            label={t("progress.of", { title: course.title })}
          />
          <LessonList course={course} current={lesson.key} />
        </aside>
      </div>
    </>
  );
}
