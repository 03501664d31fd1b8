import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Course, Lesson } from "../../api/contract";
import { Icon } from "../../components/Icon";
import {
  exercisesOf,
  isFinished,
  learnedLessons,
  type LessonGroup,
  lessonGroups,
  workshopsOf,
} from "./lessons";
import { useSetting } from "./setting";

type Props = { course: Course; current?: string };

/** The lessons in their order, under the headings of their modules, each with whether it is done. */
export function LessonList({ course, current }: Props) {
  const groups = lessonGroups(learnedLessons(course));
  return (
    <div className="flex flex-col gap-6">
      {groups.map((group) => (
        <Group key={group.first} group={group} course={course} {...(current && { current })} />
      ))}
    </div>
  );
}

function Group({ group, course, current }: Props & { group: LessonGroup }) {
  const id = useId();
  const { lessonAddress, besideLessonTitle: Beside } = useSetting();
  return (
    <div className="flex flex-col gap-3">
      {group.module !== "" && (
        <h3 id={id} className="text-std-18B-160">
          {group.module}
        </h3>
      )}
      <ol
        start={group.first}
        {...(group.module !== "" && { "aria-labelledby": id })}
        className="flex flex-col rounded-12 border border-solid-gray-420"
      >
        {group.lessons.map((lesson, index) => (
          <li
            key={lesson.key}
            className={`flex gap-4 border-solid-gray-200 p-4 not-first:border-t first:rounded-t-12 last:rounded-b-12 ${lesson.key === current ? "bg-key-50" : ""}`}
          >
            <Step number={group.first + index} lesson={lesson} />
            <div className="flex flex-col gap-1">
              <Link
                to={lessonAddress(course.key, lesson.key)}
                className="link font-bold"
                {...(lesson.key === current && { "aria-current": "page" as const })}
              >
                {lesson.title}
              </Link>
              <LessonState lesson={lesson} />
              {Beside !== undefined && <Beside lesson={lesson} />}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Step({ number, lesson }: { number: number; lesson: Lesson }) {
  return isFinished(lesson) ? (
    <span className="flex size-8 shrink-0 items-center justify-center rounded-full bg-success-2 text-white">
      <Icon name="check" className="size-5" />
    </span>
  ) : (
    <span
      aria-hidden="true"
      className="flex size-8 shrink-0 items-center justify-center rounded-full border-2 border-solid-gray-536 text-dns-16B-120"
    >
      {number}
    </span>
  );
}

function LessonState({ lesson }: { lesson: Lesson }) {
  const { t } = useTranslation();
  const exercises = exercisesOf(lesson);
  const total = exercises.length;
  const done = exercises.filter((exercise) => exercise.done).length;
  const workshops = workshopsOf(lesson);
  if (lesson.granted) {
    return <span className="text-dns-14N-130 text-green-900">{t("lesson.granted")}</span>;
  }
  return (
    <span className="text-dns-14N-130 text-solid-gray-700">
      {isFinished(lesson)
        ? t("lesson.done")
        : lesson.done
          ? t(done < total ? "lesson.exercisesLeft" : "lesson.workshopLeft")
          : t("lesson.notDone")}{" "}
      {total > 0 && (
        <span className="ml-2">{t("lesson.exercises", { done, total })}</span>
      )}
      {workshops.length > 0 && <span className="ml-2">{t("lesson.withWorkshop")}</span>}
    </span>
  );
}
