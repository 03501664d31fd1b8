import { useTranslation } from "react-i18next";

import type { Course } from "../../api/contract";
import { ButtonLink } from "../../components/Button";
import { Tag } from "../../components/Tag";
import { testState } from "./lessons";
import { useSetting } from "./setting";

const TITLES = { open: "testOut.offer", begun: "testOut.offer", tried: "testOut.result" } as const;
const ACTIONS = { open: "testOut.start", begun: "testOut.continue", tried: "testOut.see" } as const;

/** On the course's page: what somebody who knows it already may skip, and by which test. */
export function TestOutPanel({ course }: { course: Course }) {
  const { t } = useTranslation();
  const { lessonAddress } = useSetting();
  const test = course.test_out;
  if (test === null || course.completed_at !== null) return null;
  const state = testState(test);
  const granted = test.lessons.filter((lesson) => lesson.granted).length;
  return (
    <section
      aria-labelledby="test-out"
      className="flex flex-col gap-3 rounded-12 border border-solid-gray-420 bg-key-50 p-4 md:p-6"
    >
      <h2 id="test-out" className="text-std-20B-150">
        {t(TITLES[state])}
      </h2>
      <p className="max-w-3xl">
        {state === "tried"
          ? t("testOut.granted", { count: granted })
          : t("testOut.explain", { count: test.minutes ?? 0 })}
      </p>
      <ul className="flex list-disc flex-col gap-1 pl-6">
        {test.lessons.map((lesson) => (
          <li key={lesson.key}>
            {lesson.title} {lesson.granted && <Tag tone="success">{t("lesson.granted")}</Tag>}
          </li>
        ))}
      </ul>
      <ButtonLink
        to={lessonAddress(course.key, test.lesson_key)}
        variant="outline"
        className="self-start bg-white"
      >
        {t(ACTIONS[state])}
      </ButtonLink>
    </section>
  );
}
