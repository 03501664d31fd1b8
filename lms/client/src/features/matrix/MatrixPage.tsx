import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useSearchParams } from "react-router";

import type { Matrix } from "../../api/contract";
import { matrixQuery } from "../../api/queries";
import { announce } from "../../components/announcements";
import { buttonClasses } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { Icon } from "../../components/Icon";
import { PageHeading } from "../../components/PageHeading";
import { Pagination } from "../../components/Pagination";
import { ScaleLegend } from "../../components/ScaleLegend";
import { Loading } from "../../components/Skeleton";
import { useFormat } from "../../i18n/useFormat";
import { MatrixFilters } from "./MatrixFilters";
import { MatrixLegend } from "./MatrixLegend";
import { downloadAddress, matrixQueryOf } from "./matrixSearch";
import { MatrixTable } from "./MatrixTable";

export function MatrixPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { data, error, refetch, isPlaceholderData } = useQuery(matrixQuery(matrixQueryOf(search)));
  return (
    <>
      <PageHeading title={t("matrix.title")}>
        <p className="max-w-3xl">{t("matrix.intro")}</p>
      </PageHeading>
      {data !== undefined && <MatrixFilters filters={data.filters} competencies={data.competencies} />}
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={5} />
      ) : (
        <MatrixView matrix={data} isStale={isPlaceholderData} />
      )}
      <Outlet context={data?.scale ?? []} />
    </>
  );
}

function MatrixView({ matrix, isStale }: { matrix: Matrix; isStale: boolean }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const [search, setSearch] = useSearchParams();
  const found = t("matrix.found", {
    count: matrix.count,
    columns: matrix.competencies.length,
    date: date(matrix.as_of),
  });

  useEffect(() => {
    if (!isStale) announce(found);
  }, [found, isStale]);

  const turnTo = (page: number) => {
    const turned = new URLSearchParams(search);
    turned.set("page", String(page));
    setSearch(turned);
  };

  return (
    <div className="flex min-w-0 flex-col gap-4" aria-busy={isStale}>
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <p className="font-bold">{found}</p>
        <ul className="flex flex-wrap gap-3" aria-label={t("matrix.downloads")}>
          {(["csv", "xlsx"] as const).map((format) => (
            <li key={format}>
              <a
                href={downloadAddress(search, format)}
                download
                className={buttonClasses({ variant: "outline", size: "sm" })}
              >
                <Icon name="download" className="size-5" />
                {format === "csv" ? t("matrix.csv") : t("matrix.xlsx")}
              </a>
            </li>
          ))}
        </ul>
      </div>
      <MatrixLegend />
      {matrix.people.length === 0 ? (
        <EmptyState>{t("matrix.nobody")}</EmptyState>
      ) : matrix.competencies.length === 0 ? (
        <EmptyState>{t("matrix.noColumns")}</EmptyState>
      ) : (
        <div className={isStale ? "opacity-50" : ""}>
          <MatrixTable matrix={matrix} />
        </div>
      )}
      {matrix.pages > 1 && (
        <Pagination page={matrix.page} pages={matrix.pages} count={matrix.count} onPage={turnTo} />
      )}
      <ScaleLegend scale={matrix.scale} />
    </div>
  );
}
