import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useSearchParams } from "react-router";

import type { Matrix, RowsQuery } from "../../api/contract";
import { announce } from "../../components/announcements";
import { Button, ButtonLink } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { Icon } from "../../components/Icon";
import { PageHeading } from "../../components/PageHeading";
import { ScaleLegend } from "../../components/ScaleLegend";
import { Loading } from "../../components/Skeleton";
import { useFormat } from "../../i18n/useFormat";
import { DownloadDialog } from "./DownloadDialog";
import { MatrixFilters } from "./MatrixFilters";
import { MatrixGrid } from "./MatrixGrid";
import { MatrixLegend } from "./MatrixLegend";
import { matrixQueryOf, viewOf } from "./matrixSearch";
import { MatrixTime } from "./MatrixTime";
import { matrixQuery } from "./queries";
import { SavedViews } from "./SavedViews";

export function MatrixPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const view = viewOf(search);
  const query = useMemo(() => matrixQueryOf(new URLSearchParams(view)), [view]);
  const { data, error, refetch, isPlaceholderData } = useQuery(matrixQuery(query));
  return (
    <>
      <PageHeading title={t("matrix.title")}>
        <p className="max-w-3xl">{t("matrix.intro")}</p>
      </PageHeading>
      <div className="flex min-w-0 flex-col gap-4">
        {data !== undefined && <MatrixFilters filters={data.filters} />}
        <MatrixTime />
        <SavedViews />
      </div>
      {error !== null ? (
        <>
          <ErrorState error={error} onRetry={() => void refetch()} />
          <div>
            <Button variant="outline" onClick={() => setSearch(new URLSearchParams())}>
              {t("matrix.clear")}
            </Button>
          </div>
        </>
      ) : data === undefined ? (
        <Loading rows={5} />
      ) : (
        <MatrixView matrix={data} query={query} isStale={isPlaceholderData} />
      )}
      <Outlet context={data?.scale ?? []} />
    </>
  );
}

type ViewProps = { matrix: Matrix; query: RowsQuery; isStale: boolean };

function MatrixView({ matrix, query, isStale }: ViewProps) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const [search] = useSearchParams();
  const [isDownloading, setIsDownloading] = useState(false);
  const found = t(query.collapse === undefined ? "matrix.found" : "matrix.foundCategories", {
    count: matrix.summary.people,
    columns: matrix.competencies.length,
    date: date(matrix.as_of),
  });

  useEffect(() => {
    if (!isStale) announce(found);
  }, [found, isStale]);

  return (
    <div className="flex min-w-0 flex-col gap-4" aria-busy={isStale}>
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <p className="font-bold">{found}</p>
        <ul className="flex flex-wrap gap-3" aria-label={t("matrix.downloads")}>
          <li>
            <ButtonLink to="/matrix/fiscal-year" variant="outline" size="sm">
              {t("matrix.report")}
            </ButtonLink>
          </li>
          <li>
            <Button variant="outline" size="sm" aria-haspopup="dialog" onClick={() => setIsDownloading(true)}>
              <Icon name="download" className="size-5" />
              {t("matrix.download.open")}
            </Button>
          </li>
        </ul>
      </div>
      {isDownloading && (
        <DownloadDialog matrix={matrix} query={query} search={search} onClose={() => setIsDownloading(false)} />
      )}
      {matrix.turnover !== null && matrix.compared_to !== null && (
        <p className="text-dns-16N-130 text-solid-gray-700">
          {t("matrix.turnover", { ...matrix.turnover, date: date(matrix.compared_to) })}
        </p>
      )}
      <MatrixLegend isCompared={matrix.compared_to !== null} />
      <p id="matrix-keys" className="sr-only">
        {t("matrix.keys")}
      </p>
      {matrix.count === 0 || matrix.competencies.length === 0 ? (
        <EmptyState>
          <p className="font-bold">{t(matrix.count === 0 ? "matrix.nobody" : "matrix.noColumns")}</p>
          <p>{t("matrix.empty")}</p>
        </EmptyState>
      ) : (
        <div className={isStale ? "opacity-60 transition-opacity" : ""}>
          <MatrixGrid matrix={matrix} query={query} />
        </div>
      )}
      <ScaleLegend scale={matrix.scale} />
    </div>
  );
}
