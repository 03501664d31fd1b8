import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Course, Lesson, TestOut } from "../../api/contract";
import { ButtonLink } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { CompletedBanner } from "./CompletedBanner";
import { nextLesson, testState } from "./lessons";
import { useSetting } from "./setting";

type Props = { course: Course; lesson: Lesson };

/** The end of the test-out: which lessons it grants, and where learning goes on. */
export function TestOutResult({ course, lesson }: Props) {
  const { t } = useTranslation();
  const { courseAddress, lessonAddress } = useSetting();
  const next = nextLesson(course);
  return (
    <footer className="flex flex-col gap-6 border-t border-solid-gray-420 pt-8">
      {course.test_out !== null && (
        <Result course={course} test={course.test_out} lesson={lesson} />
      )}
      {course.completed_at !== null && <CompletedBanner course={course} />}
      {course.completed_at !== null || next === undefined ? (
        <ButtonLink
          to={courseAddress(course.key)}
          size="lg"
          variant="outline"
          className="self-start"
        >
          {t("lesson.toCourse")}
        </ButtonLink>
      ) : (
        <ButtonLink
          to={lessonAddress(course.key, next.key)}
          size="lg"
          className="self-start"
          aria-label={t("testOut.goOnOf", { title: next.title })}
        >
          {t("testOut.goOn")}
          <Icon name="chevronRight" className="size-5" />
        </ButtonLink>
      )}
    </footer>
  );
}

function Result({ course, test, lesson }: Props & { test: TestOut }) {
  const { t } = useTranslation();
  const { lessonAddress } = useSetting();
  const { date } = useFormat();
  const state = testState(test);
  const granted = test.lessons.filter((row) => row.granted).length;
  const again = lesson.activities.flatMap(({ counts_again_at: at }) => at ?? []).sort()[0];
  return (
    <section aria-labelledby="test-out-result" className="flex flex-col gap-4">
      <h2 id="test-out-result" className="text-std-22B-150">
        {t("testOut.result")}
      </h2>
      <p role="status">
        {state === "tried"
          ? t("testOut.granted", { count: granted })
          : t("testOut.left", { count: test.questions - test.tried })}
      </p>
      <ul className="flex flex-col rounded-12 border border-solid-gray-420">
        {test.lessons.map((row) => (
          <li
            key={row.key}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-solid-gray-200 p-4 not-first:border-t"
          >
            <Link to={lessonAddress(course.key, row.key)} className="link">
              {row.title}
            </Link>
            {row.granted ? (
              <Tag tone="success">{t("lesson.granted")}</Tag>
            ) : state === "tried" ? (
              <Tag tone="warning">{t("testOut.toLearn")}</Tag>
            ) : (
              <Tag tone="neutral">{t("testOut.undecided")}</Tag>
            )}
          </li>
        ))}
      </ul>
      {again !== undefined && (
        <p className="text-solid-gray-700">{t("testOut.again", { date: date(again) })}</p>
      )}
    </section>
  );
}
