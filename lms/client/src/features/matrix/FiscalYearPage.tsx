import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import type { FiscalYear, MatrixSums, ReportQuery, UnitYear } from "../../api/contract";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { SelectField } from "../../components/Field";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { officeDay } from "../../i18n/dates";
import { useFormat } from "../../i18n/useFormat";
import { fiscalYearOf } from "./months";
import { fiscalYearQuery } from "./queries";
import { standingOf } from "./standing";
import { YearChart } from "./YearChart";

const YEARS = 5;
const MEASURES = { people: "fiscalYear.people", mean: "fiscalYear.mean", share: "fiscalYear.share" } as const;
const ENDS = { start: "fiscalYear.start", end: "fiscalYear.end", change: "fiscalYear.change" } as const;
type Measure = keyof typeof MEASURES;

/** How each section or tier stood at both ends of a fiscal year. */
export function FiscalYearPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const thisYear = fiscalYearOf(officeDay(new Date()));
  const year = Number(search.get("fiscal_year") ?? thisYear);
  const by = search.get("by") === "tier" ? "tier" : "department";
  const query: ReportQuery = { fiscal_year: year, by };
  const { data, error, refetch } = useQuery(fiscalYearQuery(query));
  const choose = (name: string, value: string) => {
    const changed = new URLSearchParams(search);
    changed.set(name, value);
    setSearch(changed);
  };
  const years = Array.from({ length: YEARS }, (_, n) => thisYear - n);
  return (
    <>
      <PageHeading title={t("fiscalYear.title")}>
        <p className="max-w-3xl">{t("fiscalYear.intro")}</p>
        <p>
          <Link to="/matrix" className="link">
            {t("fiscalYear.back")}
          </Link>
        </p>
      </PageHeading>
      <form className="grid max-w-3xl grid-cols-1 gap-4 sm:grid-cols-3" onSubmit={(event) => event.preventDefault()}>
        <SelectField
          label={t("fiscalYear.year")}
          value={year}
          onChange={(event) => choose("fiscal_year", event.target.value)}
        >
          {[...new Set([...years, year])].map((item) => (
            <option key={item} value={item}>
              {t("matrix.fiscalYear", { year: item })}
            </option>
          ))}
        </SelectField>
        <SelectField label={t("fiscalYear.by")} value={by} onChange={(event) => choose("by", event.target.value)}>
          <option value="department">{t("fiscalYear.byDepartment")}</option>
          <option value="tier">{t("fiscalYear.byTier")}</option>
        </SelectField>
        <SelectField
          label={t("fiscalYear.area")}
          value={search.get("area") ?? ""}
          onChange={(event) => choose("area", event.target.value)}
        >
          <option value="">{t("fiscalYear.allAreas")}</option>
          {data?.competencies.map(({ key, title }) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        </SelectField>
      </form>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={4} />
      ) : data.units.length === 0 ? (
        <EmptyState>{t("fiscalYear.empty")}</EmptyState>
      ) : (
        <Report report={data} area={search.get("area")} />
      )}
    </>
  );
}

function Report({ report, area }: { report: FiscalYear; area: string | null }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const column = report.competencies.findIndex(({ key }) => key === area);
  const named = report.competencies[column]?.title ?? t("fiscalYear.allAreas");
  const measures = Object.entries(MEASURES);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <YearChart report={report} column={column} area={named} />
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div role="region" aria-label={t("fiscalYear.title")} tabIndex={0} className="overflow-x-auto">
        <table className="w-full border-collapse text-right text-dns-14N-130 tabular-nums [&_td]:border-t [&_td]:border-solid-gray-300 [&_td]:px-3 [&_td]:py-2 [&_th]:px-3 [&_th]:py-2">
          <caption className="pb-3 text-left font-bold">
            {t("fiscalYear.caption", {
              year: report.fiscal_year,
              area: named,
              from: date(report.starts_on),
              until: date(report.ends_on),
            })}
          </caption>
          <thead className="bg-solid-gray-50">
            <tr>
              <th scope="col" rowSpan={2} className="text-left">
                {t("fiscalYear.unit")}
              </th>
              {measures.map(([measure, title]) => (
                <th key={measure} scope="colgroup" colSpan={3} className="border-l border-solid-gray-420 text-center">
                  {t(title)}
                </th>
              ))}
            </tr>
            <tr>
              {measures.flatMap(([measure]) =>
                Object.entries(ENDS).map(([end, title]) => (
                  <th
                    key={`${measure} ${end}`}
                    scope="col"
                    className={end === "start" ? "border-l border-solid-gray-420" : ""}
                  >
                    {t(title)}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {[report.total, ...report.units].map((unit) => (
              <UnitLine key={unit.unit?.key ?? ""} unit={unit} column={column} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="text-dns-14N-130 text-solid-gray-700">{t("fiscalYear.sentence")}</p>
    </div>
  );
}

function UnitLine({ unit, column }: { unit: UnitYear; column: number }) {
  const { t } = useTranslation();
  const { number, percent } = useFormat();
  const of = (sums: MatrixSums | null) => (sums === null ? null : standingOf(sums, column));
  const [start, end] = [of(unit.start), of(unit.end)];
  const signed = (value: number, shown: string) => (value > 0 ? `▲ +${shown}` : value < 0 ? `▼ −${shown}` : "±0");
  const measures: { key: Measure; shown: (value: number) => string; step: number }[] = [
    { key: "people", shown: (value) => String(value), step: 1 },
    { key: "mean", shown: (value) => number(value, 2), step: 0.01 },
    { key: "share", shown: (value) => percent(value), step: 0.01 },
  ];
  return (
    <tr className={unit.unit === null ? "bg-key-50 font-bold" : ""}>
      <th scope="row" className="border-t border-solid-gray-300 text-left">
        {unit.unit?.title ?? t("fiscalYear.total")}
      </th>
      {measures.flatMap(({ key, shown, step }) => {
        const [from, to] = [start?.[key] ?? null, end?.[key] ?? null];
        // Of numbers as they are shown, so that the columns add up before the reader's eyes.
        const change = from === null || to === null ? null : Math.round(to / step) - Math.round(from / step);
        return [
          <td key={`${key} start`} className="border-l border-solid-gray-420">
            {from === null ? "–" : shown(from)}
          </td>,
          <td key={`${key} end`}>{to === null ? "–" : shown(to)}</td>,
          <td key={`${key} change`} className="whitespace-nowrap">
            {change === null ? "–" : signed(change, shown(Math.abs(change) * step))}
          </td>,
        ];
      })}
    </tr>
  );
}
