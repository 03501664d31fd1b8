import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { SkillRow } from "../../api/contract";
import { courseAddress } from "../course/addresses";

/** What closes the gap: the course, the project that would show it, or else whoever can judge. */
export function NextStep({ row }: { row: SkillRow }) {
  const { t } = useTranslation();
  const { closing_course: course, closing_project: project, raise_otherwise: otherwise } = row;
  if (course === null && project === null && otherwise === "") return "–";
  return (
    <span className="flex flex-col gap-2">
      {course !== null && (
        <span>
          <Link to={courseAddress(course.key)} className="link">
            {course.title}
          </Link>
          <span className="block text-solid-gray-700">
            {t("course.minutes", { count: course.minutes })}
            {t("common.comma")}
            {t(row.is_taking ? "mySkills.taking" : "mySkills.open")}
          </span>
        </span>
      )}
      {project !== null && (
        <span>
          <span className="block text-solid-gray-700">
            {t(course === null ? "mySkills.project" : "mySkills.orProject")}
          </span>
          <Link to={`/projects/${encodeURIComponent(project.key)}`} className="link">
            {project.title}
          </Link>
        </span>
      )}
      {otherwise !== "" && <span className="text-solid-gray-700">{otherwise}</span>}
    </span>
  );
}
