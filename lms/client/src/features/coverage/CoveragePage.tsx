import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import type { Coverage } from "../../api/contract";
import { buttonClasses } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { Icon } from "../../components/Icon";
import { PageHeading } from "../../components/PageHeading";
import { Pagination } from "../../components/Pagination";
import { ScaleLegend } from "../../components/ScaleLegend";
import { Loading } from "../../components/Skeleton";
import { useFormat } from "../../i18n/useFormat";
import { CoverageFilters } from "./CoverageFilters";
import { CoverageNav } from "./CoverageNav";
import { coverageFile, coverageQueryOf, REASONS, withFilter } from "./coverageSearch";
import { NeedBarLegend } from "./NeedBar";
import { coverageQuery } from "./queries";
import { ReasonTag } from "./ReasonTag";
import { RiskTable } from "./RiskTable";
import { UnitTable } from "./UnitTable";

/** What sections and business processes need: the risks first, then every unit in numbers. */
export function CoveragePage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { data, error, refetch, isPlaceholderData } = useQuery(
    coverageQuery(coverageQueryOf(search)),
  );
  return (
    <>
      <PageHeading title={t("coverage.title")}>
        <p className="max-w-3xl">{t("coverage.intro")}</p>
      </PageHeading>
      <CoverageNav />
      {data !== undefined && (
        <CoverageFilters departments={data.departments} filters={["kind", "reason", "as_of"]} />
      )}
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={5} />
      ) : (
        <div
          className={`flex flex-col gap-10 ${isPlaceholderData ? "opacity-50" : ""}`}
          aria-busy={isPlaceholderData}
        >
          <Risks found={data} />
          <Units found={data} />
          <ScaleLegend scale={data.scale} />
        </div>
      )}
    </>
  );
}

function Risks({ found }: { found: Coverage }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const [search, setSearch] = useSearchParams();
  const turnTo = (page: number) => {
    const turned = new URLSearchParams(search);
    turned.set("page", String(page));
    setSearch(turned);
  };
  return (
    <section aria-labelledby="coverage-risks" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <h2 id="coverage-risks" className="text-std-22B-150">
          {t("coverage.risks")}
        </h2>
        <FileLink search={search} list="risks" />
      </div>
      <p role="status">
        {t("coverage.summary", {
          count: found.count,
          asOf: date(found.as_of),
          until: date(found.horizon_on),
        })}
      </p>
      <ul aria-label={t("coverage.byReason")} className="flex flex-wrap gap-2">
        {REASONS.map((reason) => (
          <li key={reason}>
            <button
              type="button"
              aria-pressed={search.get("reason") === reason}
              className="rounded-4 hover:opacity-80 aria-pressed:outline-2 aria-pressed:outline-offset-2 aria-pressed:outline-key-900"
              onClick={() =>
                setSearch(
                  withFilter(search, "reason", search.get("reason") === reason ? "" : reason),
                )
              }
            >
              <ReasonTag reason={reason} count={found.by_reason[reason] ?? 0} />
            </button>
          </li>
        ))}
      </ul>
      <NeedBarLegend />
      {found.risks.length === 0 ? (
        <EmptyState>{t("coverage.noRisks")}</EmptyState>
      ) : (
        <RiskTable rows={found.risks} />
      )}
      {found.pages > 1 && (
        <Pagination page={found.page} pages={found.pages} count={found.count} onPage={turnTo} />
      )}
    </section>
  );
}

function Units({ found }: { found: Coverage }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  return (
    <section aria-labelledby="coverage-units" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <h2 id="coverage-units" className="text-std-22B-150">
          {t("coverage.units")}
        </h2>
        <FileLink search={search} list="coverage" />
      </div>
      <p className="max-w-3xl text-solid-gray-700">{t("coverage.unitsHelp")}</p>
      {found.small_group > 0 && (
        <p className="max-w-3xl text-solid-gray-700">
          {t("coverage.smallGroup", { count: found.small_group })}
        </p>
      )}
      {found.units.length === 0 ? (
        <EmptyState>{t("coverage.noUnits")}</EmptyState>
      ) : (
        <UnitTable rows={found.units} />
      )}
    </section>
  );
}

function FileLink({ search, list }: { search: URLSearchParams; list: "risks" | "coverage" }) {
  const { t } = useTranslation();
  return (
    <a
      href={coverageFile(search, list)}
      download
      className={buttonClasses({ variant: "outline", size: "sm" })}
    >
      <Icon name="download" className="size-5" />
      {t(list === "risks" ? "coverage.risksCsv" : "coverage.unitsCsv")}
    </a>
  );
}
