import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { ExpiringSkill } from "../../api/contract";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { courseAddress } from "../course/addresses";

type Props = { rows: ExpiringSkill[]; until: string };

/** Levels that end within the next months, and what renews each. */
export function ExpiringSkills({ rows, until }: Props) {
  const { t } = useTranslation();
  const { date } = useFormat();
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="my-expiring" className="flex flex-col gap-3">
      <h2 id="my-expiring" className="text-std-22B-150">
        {t("mySkills.expiring", { count: rows.length })}
      </h2>
      <p className="text-solid-gray-700">{t("mySkills.expiringHelp", { date: date(until) })}</p>
      <ul className="grid gap-3 lg:grid-cols-2">
        {rows.map((row) => (
          <li
            key={row.competency.key}
            className="flex flex-col gap-1 rounded-8 border border-l-8 border-solid-gray-420 border-l-warning-yellow-2 p-4"
          >
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Link to={`/skills/${encodeURIComponent(row.competency.key)}`} className="link font-bold">
                {row.competency.title}
              </Link>
              <span>{t("level.number", { level: row.level })}</span>
              {row.misses_target && <Tag tone="warning">{t("mySkills.missesTarget")}</Tag>}
            </p>
            <p>
              {t("mySkills.validUntil", { date: date(row.last_day) })}
              {row.falls_to === null
                ? t("mySkills.fallsToNone")
                : t("mySkills.fallsTo", { level: row.falls_to })}
            </p>
            <Renewal row={row} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Renewal({ row: { course, by_project: byProject } }: { row: ExpiringSkill }) {
  const { t } = useTranslation();
  return (
    <p className="text-dns-16N-130">
      {course !== null && (
        <>
          {t("mySkills.renewBy")}
          <Link to={courseAddress(course.key)} className="link">
            {course.title}
          </Link>
          <span className="ml-2 text-dns-14N-130 text-solid-gray-700">
            {t("course.minutes", { count: course.minutes })}
          </span>
        </>
      )}
      {byProject && (
        <span className="block">{t(course === null ? "mySkills.renewByProject" : "mySkills.orRenewByProject")}</span>
      )}
      {course === null && !byProject && t("mySkills.renewByHead")}
    </p>
  );
}
