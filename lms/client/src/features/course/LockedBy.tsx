import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Titled } from "../../api/contract";
import { courseAddress } from "./addresses";

/** What is to be finished before a course can be begun; nothing where nothing is. */
export function LockedBy({ courses }: { courses: readonly Titled[] }) {
  const { t } = useTranslation();
  if (courses.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-dns-16N-130">
      {courses.map(({ key, title }) => (
        <li key={key}>
          <Link to={courseAddress(key)} className="link">
            {t("course.finishFirst", { title })}
          </Link>
        </li>
      ))}
    </ul>
  );
}
