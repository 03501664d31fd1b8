import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Benefits, BenefitTotal, EntryQuery } from "../../api/contract";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { useFormat } from "../../i18n/useFormat";
import { projectAddress } from "../projects/addresses";
import { ProjectsNav } from "../projects/ProjectsNav";
import { PHASE_NAMES } from "../projects/words";
import { entriesAddress, NO_DEPARTMENT } from "./addresses";
import { BenefitChart } from "./BenefitChart";
import { benefitsQuery } from "./queries";
import { SumTable, type SumRow } from "./SumTable";

/** What the projects save: by measure, department and fiscal year; each number opens its entries. */
export function BenefitsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(benefitsQuery);
  return (
    <>
      <PageHeading title={t("benefit.title")}>
        <p className="max-w-3xl">{t("benefit.intro")}</p>
      </PageHeading>
      <ProjectsNav />
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={4} />
      ) : (
        <Ledger sums={data} />
      )}
    </>
  );
}

function Ledger({ sums }: { sums: Benefits }) {
  const { t } = useTranslation();
  const isEmpty = sums.measured === null && sums.forecast === null;
  const byMeasure: SumRow[] = sums.by_measure.map(({ measure, measured, forecast }) => ({
    name: measure,
    of: { measure },
    measured,
    forecast,
  }));
  const byDepartment: SumRow[] = sums.by_department.map(({ department, measured, forecast }) => ({
    name: department?.title ?? t("benefit.noDepartment"),
    of: { department: department?.key ?? NO_DEPARTMENT },
    measured,
    forecast,
  }));
  const byYear: SumRow[] = sums.by_year.map(({ fiscal_year: year, total }) => ({
    name: t("matrix.fiscalYear", { year }),
    of: { fiscal_year: year },
    measured: total,
    forecast: null,
  }));
  return (
    <>
      <Due due={sums.due} />
      {isEmpty ? (
        <EmptyState>{t("benefit.empty")}</EmptyState>
      ) : (
        <>
          <section aria-label={t("benefit.totals")} className="grid gap-4 md:grid-cols-2">
            <TotalPanel kind="measured" total={sums.measured} />
            <TotalPanel kind="forecast" total={sums.forecast} />
          </section>
          <section className="flex flex-col gap-4">
            <h2 className="text-std-22B-150">
              {t("benefit.byMeasure")}
            </h2>
            <BenefitChart rows={byMeasure} />
            <SumTable title={t("benefit.byMeasure")} head={t("project.measure")} rows={byMeasure} />
          </section>
          <section className="flex flex-col gap-4">
            <h2 className="text-std-22B-150">
              {t("benefit.byDepartment")}
            </h2>
            <SumTable
              title={t("benefit.byDepartment")}
              head={t("coverage.department")}
              rows={byDepartment}
            />
          </section>
          <section className="flex flex-col gap-4">
            <h2 className="text-std-22B-150">
              {t("benefit.byYear")}
            </h2>
            <p className="max-w-3xl text-solid-gray-700">{t("benefit.yearHelp")}</p>
            {byYear.length === 0 ? (
              <EmptyState>{t("benefit.noYear")}</EmptyState>
            ) : (
              <SumTable
                title={t("benefit.byYear")}
                head={t("fiscalYear.year")}
                rows={byYear}
                onlyMeasured
              />
            )}
          </section>
        </>
      )}
    </>
  );
}

function Due({ due }: { due: Benefits["due"] }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  if (due.length === 0) return null;
  return (
    <section
      aria-labelledby="benefit-due"
      className="flex flex-col gap-2 rounded-8 border-2 border-warning-yellow-2 p-4"
    >
      <h2 id="benefit-due" className="text-std-18B-160">
        {t("benefit.due")}
      </h2>
      <ul className="flex flex-col gap-1">
        {due.map((row) => (
          <li key={`${row.project.key} ${row.phase}`}>
            <Link to={projectAddress(row.project.key)} className="link">
              {row.project.title}
            </Link>{" "}
            {t("figures.dueFrom", { phase: t(PHASE_NAMES[row.phase]), date: date(row.due_on) })}
          </li>
        ))}
      </ul>
    </section>
  );
}

type PanelProps = { kind: NonNullable<EntryQuery["kind"]>; total: BenefitTotal | null };

/** The whole office; dashed what is only expected. */
function TotalPanel({ kind, total }: PanelProps) {
  const { t } = useTranslation();
  const { number, percent } = useFormat();
  return (
    <div
      data-total={kind}
      className={`flex flex-col gap-2 rounded-8 border-2 p-4 ${kind === "forecast" ? "border-dashed border-solid-gray-536" : "border-key-900"}`}
    >
      <h2 className="text-std-18B-160">
        {t(kind === "forecast" ? "benefit.forecast" : "benefit.measured")}
      </h2>
      {total === null ? (
        <p className="text-solid-gray-700">
          {t(kind === "forecast" ? "figures.noForecast" : "figures.notMeasured")}
        </p>
      ) : (
        <>
          <p className="text-std-28B-150 tabular-nums">
            <Link to={entriesAddress({ kind })} className="link">
              {t("benefit.hoursAYear", { hours: number(total.saved) })}
            </Link>
          </p>
          <p className="tabular-nums">
            {t("figures.beforeAfter", { before: number(total.before), after: number(total.after) })}
            {total.rate !== null && t("figures.rate", { rate: percent(total.rate, 1) })}
          </p>
          <p className="tabular-nums">
            {total.yen === null
              ? t("benefit.noYen")
              : t("figures.yen", { yen: number(total.yen, 0) })}
            {total.yen !== null &&
              total.unpriced > 0 &&
              t("benefit.unpriced", { count: total.unpriced })}
          </p>
          <p className="text-dns-16N-130 text-solid-gray-700">
            {t("benefit.projects", { count: total.projects })}
          </p>
        </>
      )}
    </div>
  );
}
