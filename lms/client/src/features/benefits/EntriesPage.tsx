import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import type { BenefitEntry, EntryQuery } from "../../api/contract";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Pagination } from "../../components/Pagination";
import { Loading } from "../../components/Skeleton";
import { useFormat } from "../../i18n/useFormat";
import { projectAddress, PROJECTS } from "../projects/addresses";
import { PHASE_NAMES } from "../projects/words";
import { BENEFITS, NO_DEPARTMENT } from "./addresses";
import { entryQueryOf } from "./entrySearch";
import { benefitsQuery, entriesQuery } from "./queries";

/** What a number of the ledger adds up: one project a row, with its two figures. */
export function EntriesPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const query = entryQueryOf(search);
  const { data, error, refetch } = useQuery(entriesQuery(query));
  const title = t(query.kind === "forecast" ? "entries.forecast" : "entries.measured");
  return (
    <>
      <Breadcrumbs
        trail={[
          { title: t("board.title"), to: PROJECTS },
          { title: t("benefit.title"), to: BENEFITS },
          { title },
        ]}
      />
      <PageHeading title={title}>
        <Narrowed query={query} />
        <p className="max-w-3xl text-solid-gray-700">{t("entries.intro")}</p>
      </PageHeading>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={3} />
      ) : data.count === 0 ? (
        <EmptyState>{t("entries.empty")}</EmptyState>
      ) : (
        <>
          <p role="status">{t("entries.count", { count: data.count })}</p>
          <EntryTable title={title} rows={data.results} />
          {data.pages > 1 && (
            <Pagination
              page={data.page}
              pages={data.pages}
              count={data.count}
              onPage={(page) => {
                const turned = new URLSearchParams(search);
                turned.set("page", String(page));
                setSearch(turned);
              }}
            />
          )}
        </>
      )}
    </>
  );
}

function Narrowed({ query }: { query: EntryQuery }) {
  const { t } = useTranslation();
  const { data: sums } = useQuery(benefitsQuery);
  const { measure, department, fiscal_year: year } = query;
  const titles = new Map(
    sums?.by_department.map((row) => [row.department?.key, row.department?.title]),
  );
  const parts = [
    ...(measure === undefined ? [] : [t("board.measureOf", { measure })]),
    ...(department === undefined
      ? []
      : [
          department === NO_DEPARTMENT
            ? t("benefit.noDepartment")
            : (titles.get(department) ?? department),
        ]),
    ...(year === undefined ? [] : [t("matrix.fiscalYear", { year })]),
  ];
  return parts.length === 0 ? null : <p className="font-bold">{parts.join(t("common.comma"))}</p>;
}

function EntryTable({ title, rows }: { title: string; rows: BenefitEntry[] }) {
  const { t } = useTranslation();
  const heads = [
    "entries.project",
    "entries.before",
    "entries.after",
    "benefit.savedHead",
    "benefit.rateHead",
    "benefit.yenHead",
    "entries.figure",
  ] as const;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div role="region" aria-label={title} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-right text-dns-14N-130 tabular-nums [&_td]:border-t [&_td]:border-solid-gray-300 [&_td]:px-3 [&_td]:py-2 [&_td]:align-top [&_th]:px-3 [&_th]:py-2">
        <caption className="sr-only">{title}</caption>
        <thead className="bg-solid-gray-50">
          <tr>
            {heads.map((head, place) => (
              <th key={head} scope="col" className={place === 0 || place === 6 ? "text-left" : ""}>
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <EntryLine key={row.project.key} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EntryLine({ row }: { row: BenefitEntry }) {
  const { t } = useTranslation();
  const { date, number, percent } = useFormat();
  const { saving, before, after } = row;
  const work = (figure: BenefitEntry["before"]) => (
    <td className="whitespace-nowrap">
      <span className="font-bold">{number(figure.hours_per_year)}</span>
      <span className="block text-solid-gray-700">
        {t("entries.work", {
          cases: number(figure.cases_per_year),
          minutes: number(figure.minutes_per_case),
        })}
      </span>
      {figure.people !== null && (
        <span className="block text-solid-gray-700">
          {t("coverage.peopleCount", { count: figure.people })}
        </span>
      )}
      {figure.error_rate !== null && (
        <span className="block text-solid-gray-700">
          {t("entries.errors", { rate: percent(figure.error_rate, 1) })}
        </span>
      )}
    </td>
  );
  return (
    <tr>
      <th scope="row" className="min-w-48 border-t border-solid-gray-300 text-left align-top">
        <Link to={projectAddress(row.project.key)} className="link">
          {row.project.title}
        </Link>
        <span className="block font-normal text-solid-gray-700">
          {t("board.measureOf", { measure: row.measure })}
          {row.department !== null && ` ${row.department.title}`}
        </span>
      </th>
      {work(before)}
      {work(after)}
      <td className="font-bold">{number(saving.saved)}</td>
      <td>{saving.rate === null ? "–" : percent(saving.rate, 1)}</td>
      <td>{saving.yen === null ? t("benefit.noRate") : number(saving.yen, 0)}</td>
      <td className="min-w-40 text-left">
        {t(PHASE_NAMES[saving.phase])}
        {after.measured_on !== null && (
          <span className="block">{date(after.measured_on)}</span>
        )}
        <span className="block text-solid-gray-700">{after.how}</span>
      </td>
    </tr>
  );
}
