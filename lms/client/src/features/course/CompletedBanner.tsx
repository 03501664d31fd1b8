import { useTranslation } from "react-i18next";

import type { Course } from "../../api/contract";
import { Banner } from "../../components/Banner";
import { ButtonLink } from "../../components/Button";

/** The course is done: what it gave, and where that shows. */
export function CompletedBanner({ course }: { course: Course }) {
  const { t } = useTranslation();
  return (
    <Banner tone="success" title={t("completed.title", { title: course.title })}>
      {course.awards.length > 0 && (
        <>
          <p>{t("completed.awards")}</p>
          <ul className="list-disc pl-6">
            {course.awards.map(({ competency, level }) => (
              <li key={competency.key}>
                {t("course.award", { competency: competency.title, level })}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="flex flex-wrap gap-3">
        <ButtonLink to="/skills" size="sm">
          {t("completed.toSkills")}
        </ButtonLink>
        <ButtonLink to="/suggestions" size="sm" variant="outline">
          {t("completed.toSuggestions")}
        </ButtonLink>
      </p>
    </Banner>
  );
}
