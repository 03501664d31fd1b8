import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { FoundCourse as Found } from "../../api/contract";
import { courseAddress, lessonAddress } from "../course/addresses";
import { Marked } from "./Marked";

export function FoundCourse({ found }: { found: Found }) {
  const { t } = useTranslation();
  const language = found.language === "" ? undefined : found.language;
  return (
    <li className="flex flex-col gap-3 rounded-12 border border-solid-gray-420 bg-white p-4 md:p-6">
      <h2 className="text-std-18B-160" lang={language}>
        <Link to={courseAddress(found.key)} className="link">
          <Marked parts={found.title} />
        </Link>
      </h2>
      {found.excerpt.length > 0 ? (
        <p lang={language}>
          <Marked parts={found.excerpt} />
        </p>
      ) : (
        <p className="line-clamp-2 text-solid-gray-700">{found.summary}</p>
      )}
      {found.lessons.length > 0 && (
        <ul
          aria-label={t("search.lessons")}
          className="flex flex-col gap-3 border-l-4 border-solid-gray-200 pl-4"
        >
          {found.lessons.map((lesson) => (
            <li key={lesson.key} lang={lesson.language}>
              <Link to={lessonAddress(found.key, lesson.key)} className="link">
                <Marked parts={lesson.title} />
              </Link>
              {lesson.excerpt.length > 0 && (
                <p>
                  <Marked parts={lesson.excerpt} />
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {found.more_lessons > 0 && (
        <p className="text-dns-16N-130 text-solid-gray-700">
          {t("search.moreLessons", { count: found.more_lessons })}
        </p>
      )}
    </li>
  );
}
