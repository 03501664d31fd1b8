import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

import type { SkillRow, Titled } from "../../api/contract";
import { LevelMark } from "../../components/LevelMark";
import { useFormat } from "../../i18n/useFormat";
import { GapText } from "./GapText";
import type { SkillGroup } from "./groupSkills";
import { NextStep } from "./NextStep";

const HEAD = "border-b border-solid-gray-420 bg-solid-gray-50 px-3 py-2 text-left text-dns-14B-130";
// On a phone each row is a card: the cells stand below each other, named by their column.
const CELL =
  "max-md:flex max-md:items-baseline max-md:gap-3 max-md:px-4 max-md:py-1 max-md:before:w-24 max-md:before:shrink-0 max-md:before:text-dns-14N-130 max-md:before:text-solid-gray-700 max-md:before:content-[attr(data-label)] md:border-b md:border-solid-gray-200 md:px-3 md:py-3 md:align-top";

type Props = { framework: Titled; groups: SkillGroup[] };

/** The competencies of one framework, a row each, under the headings of their groups. */
export function SkillTable({ framework, groups }: Props) {
  const { t } = useTranslation();
  return (
    <table className="w-full border-collapse text-left max-md:block">
      <caption className="pb-3 text-left text-std-20B-150 text-solid-gray-900 max-md:block">
        {framework.title}
      </caption>
      <thead className="max-md:sr-only">
        <tr>
          <th scope="col" className={HEAD}>
            {t("skills.competency")}
          </th>
          <th scope="col" className={`${HEAD} w-36`}>
            {t("skills.level")}
          </th>
          <th scope="col" className={`${HEAD} w-16`}>
            {t("skills.target")}
          </th>
          <th scope="col" className={`${HEAD} w-32`}>
            {t("skills.gap")}
          </th>
          <th scope="col" className={`${HEAD} w-64`}>
            {t("skills.source")}
          </th>
          <th scope="col" className={`${HEAD} w-64`}>
            {t("mySkills.nextStep")}
          </th>
        </tr>
      </thead>
      {groups.map(({ group, rows }) => (
        <tbody key={group?.key ?? ""} className="max-md:block">
          {group !== null && (
            <tr className="max-md:block">
              <th
                colSpan={6}
                scope="rowgroup"
                className="border-b border-solid-gray-420 px-3 pt-6 pb-2 text-left text-std-16B-170 max-md:block max-md:px-0"
              >
                {group.title}
              </th>
            </tr>
          )}
          {rows.map((row) => (
            <Row key={row.competency.key} row={row} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function Row({ row }: { row: SkillRow }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const { competency, level, target, gap } = row;
  return (
    <tr className="max-md:mb-3 max-md:block max-md:rounded-8 max-md:border max-md:border-solid-gray-420 max-md:py-3">
      <th
        scope="row"
        className="text-left font-normal max-md:block max-md:px-4 max-md:pb-2 md:border-b md:border-solid-gray-200 md:px-3 md:py-3 md:align-top"
      >
        <Link
          to={{ pathname: `/skills/${encodeURIComponent(competency.key)}`, search }}
          className="link font-bold"
        >
          {competency.title}
          <span className="sr-only">{t("skills.open")}</span>
        </Link>
      </th>
      <td className={CELL} data-label={t("skills.level")}>
        <LevelMark level={level} target={target} />
      </td>
      <td className={`${CELL} tabular-nums`} data-label={t("skills.target")}>
        {target ?? "–"}
      </td>
      <td className={CELL} data-label={t("skills.gap")}>
        <GapText gap={gap} />
      </td>
      <td className={`${CELL} text-dns-14N-130`} data-label={t("skills.source")}>
        <Source row={row} />
      </td>
      <td className={`${CELL} text-dns-14N-130`} data-label={t("mySkills.nextStep")}>
        <NextStep row={row} />
      </td>
    </tr>
  );
}

/** Where the level came from, and until when it holds; the self-assessment stands beside it. */
function Source({ row }: { row: SkillRow }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { source, expires_at: expiresAt, self_level: selfLevel } = row;
  return (
    <span className="flex flex-col gap-1">
      {source === null ? (
        <span className="text-solid-gray-700">{t("level.none")}</span>
      ) : (
        <>
          <span>
            {source.title}{" "}
            <span className="ml-2 text-solid-gray-700">{date(source.date)}</span>
          </span>
          {expiresAt !== null && (
            <span className="text-solid-gray-700">
              {t("skills.validUntil", { date: date(expiresAt) })}
            </span>
          )}
        </>
      )}
      {selfLevel !== null && (
        <span className="text-solid-gray-700">{t("skills.selfLevel", { level: selfLevel })}</span>
      )}
    </span>
  );
}
