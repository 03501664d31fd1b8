import { useTranslation } from "react-i18next";

import type { Lesson } from "../../api/contract";
import { Banner } from "../../components/Banner";

/** What is still needed for a lesson that is not just read to its end. */
export function LessonNeed({ lesson }: { lesson: Lesson }) {
  const { t } = useTranslation();
  if (lesson.granted) return <Banner tone="success" title={t("lesson.grantedNote")} />;
  if (lesson.done) return null;
  if (lesson.seconds_left !== null) {
    const minutes = Math.max(1, Math.ceil(lesson.seconds_left / 60));
    return <Banner tone="info" title={t("lesson.needsTime", { count: minutes })} />;
  }
  if (lesson.completion === "graded_passed") {
    return <Banner tone="info" title={t("lesson.needsPass")} />;
  }
  return null;
}

/** When the lesson is done, said before it begins; nothing where reading it is enough. */
export function LessonRule({ lesson }: { lesson: Lesson }) {
  const { t } = useTranslation();
  switch (lesson.completion) {
    case "graded_passed":
      return <p>{t("lesson.rulePass")}</p>;
    case "minimum_time":
      return <p>{t("lesson.ruleTime", { count: lesson.minutes ?? 0 })}</p>;
    default:
      return null;
  }
}
