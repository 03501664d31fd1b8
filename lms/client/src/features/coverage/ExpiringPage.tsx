import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import type { FallingSkill } from "../../api/contract";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Pagination } from "../../components/Pagination";
import { ScaleLegend } from "../../components/ScaleLegend";
import { Loading } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { CoverageFilters } from "./CoverageFilters";
import { CoverageNav } from "./CoverageNav";
import { expiringQueryOf } from "./coverageSearch";
import { expiringQuery } from "./queries";
import { CardTable, CELL, ROW } from "./CardTable";

const HEADS = [
  "coverage.who",
  "coverage.skill",
  "coverage.fallsOn",
  "coverage.fall",
  "coverage.renewal",
] as const;

/** Whose level falls soon, to what, and what renews it. */
export function ExpiringPage() {
  const { t } = useTranslation();
  const { date } = useFormat();
  const [search, setSearch] = useSearchParams();
  const { data, error, refetch, isPlaceholderData } = useQuery(
    expiringQuery(expiringQueryOf(search)),
  );
  const turnTo = (page: number) => {
    const turned = new URLSearchParams(search);
    turned.set("page", String(page));
    setSearch(turned);
  };
  return (
    <>
      <PageHeading title={t("coverage.expiringTitle")}>
        <p className="max-w-3xl">{t("coverage.expiringIntro")}</p>
      </PageHeading>
      <CoverageNav />
      {data !== undefined && (
        <CoverageFilters departments={data.departments} filters={["only_targets"]} />
      )}
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={5} />
      ) : (
        <>
          <p role="status" className="font-bold">
            {t("coverage.expiringCount", { count: data.count, until: date(data.horizon_on) })}
          </p>
          {data.results.length === 0 ? (
            <EmptyState>{t("coverage.nothingExpires")}</EmptyState>
          ) : (
            <div className={isPlaceholderData ? "opacity-50" : ""} aria-busy={isPlaceholderData}>
              <CardTable caption={t("coverage.expiringTitle")} heads={HEADS.map((head) => t(head))}>
                  {data.results.map((row) => (
                    <FallingLine key={`${row.staff_number} ${row.competency.key}`} row={row} />
                  ))}
                </CardTable>
            </div>
          )}
          {data.pages > 1 && (
            <Pagination page={data.page} pages={data.pages} count={data.count} onPage={turnTo} />
          )}
          <ScaleLegend scale={data.scale} />
        </>
      )}
    </>
  );
}

function FallingLine({ row }: { row: FallingSkill }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { course } = row;
  return (
    <tr className={ROW}>
      <th scope="row" className={`${CELL} font-normal`}>
        <span className="block font-bold">{row.name}</span>
        <span className="block text-dns-14N-130 text-solid-gray-700">
          {row.department.title} {row.staff_number}
        </span>
      </th>
      <td className={CELL}>{row.competency.title}</td>
      <td className={CELL}>{date(row.falls_at)}</td>
      <td className={CELL}>
        <span className="block">
          {row.falls_to === null
            ? t("coverage.levelEnds", { level: row.level })
            : t("coverage.levelFalls", { level: row.level, to: row.falls_to })}
        </span>
        {row.misses_target && row.target !== null && (
          <Tag tone="warning">{t("coverage.missesTarget", { target: row.target })}</Tag>
        )}
      </td>
      <td className={CELL}>
        {course !== null && (
          <span className="block">
            {t("coverage.renewByCourse", { course: course.title, minutes: course.minutes })}
          </span>
        )}
        {row.by_project && <span className="block">{t("coverage.renewByProject")}</span>}
        {course === null && !row.by_project && (
          <span className="text-solid-gray-700">{t("coverage.renewByAssessment")}</span>
        )}
      </td>
    </tr>
  );
}
