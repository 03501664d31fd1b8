import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import type { Course, Lesson } from "../../api/contract";
import { Banner } from "../../components/Banner";
import { Button, ButtonLink } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { statementQueue } from "../player/statementQueue";
import { lessonCompleted } from "../player/statements";
import { CompletedBanner } from "./CompletedBanner";
import { LessonNeed } from "./LessonNeed";
import { exercisesOf, lessonAfter, openActivities, openGraded } from "./lessons";
import { useSetting } from "./setting";

type Props = { course: Course; lesson: Lesson; isEnrolled: boolean };

/** The end of a lesson: saying that it was read, what is still open, and the way on. */
export function LessonEnd({ course, lesson, isEnrolled }: Props) {
  const { t } = useTranslation();
  const { courseAddress, lessonAddress, record } = useSetting();
  const [isRead, setIsRead] = useState(false);
  const { waiting } = useSyncExternalStore(statementQueue.subscribe, statementQueue.status);
  const next = lessonAfter(course, lesson.key);
  // Who was granted the lesson is asked for nothing; who must pass its exercises, for those first.
  const open = lesson.granted
    ? []
    : lesson.completion === "graded_passed" && !lesson.done
      ? openGraded(lesson)
      : openActivities(lesson);
  const isByReading = lesson.completion === "viewed";
  const isExercises = open.every((activity) => exercisesOf(lesson).includes(activity));
  const stillOpen = isExercises ? "lesson.stillOpen" : "lesson.stillOpenAny";
  const wasRead = lesson.done || isRead;
  const isSending = isRead && !lesson.done && waiting > 0;

  const markRead = () => {
    setIsRead(true);
    record(lessonCompleted(lesson.iri, new Date()));
  };

  return (
    <footer className="flex flex-col gap-6 border-t border-solid-gray-420 pt-8">
      <LessonNeed lesson={lesson} />
      {(wasRead || !isByReading) && open.length > 0 && (
        <Banner tone="info" title={t(stillOpen, { count: open.length })}>
          <ul className="list-disc pl-6">
            {open.map((activity) => (
              <li key={activity.key}>
                <a className="link" href={`#activity-${activity.key}`}>
                  {activity.title}
                </a>
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {course.completed_at !== null && <CompletedBanner course={course} />}
      <div className="flex flex-wrap items-center gap-4">
        {wasRead ? (
          <p className="flex items-center gap-2 font-bold text-green-900">
            <Icon name="success" />
            {isSending ? t("lesson.recording") : t(isByReading ? "lesson.read" : "lesson.fulfilled")}
          </p>
        ) : isByReading ? (
          <Button size="lg" disabled={!isEnrolled} onClick={markRead}>
            {t("lesson.markRead")}
          </Button>
        ) : null}
        {next === undefined ? (
          <ButtonLink to={courseAddress(course.key)} size="lg" variant="outline">
            {t("lesson.toCourse")}
          </ButtonLink>
        ) : (
          <ButtonLink
            to={lessonAddress(course.key, next.key)}
            size="lg"
            variant={wasRead ? "solid" : "outline"}
            aria-label={t("lesson.nextOf", { title: next.title })}
          >
            {t("lesson.next")}
            <Icon name="chevronRight" className="size-5" />
          </ButtonLink>
        )}
      </div>
    </footer>
  );
}
