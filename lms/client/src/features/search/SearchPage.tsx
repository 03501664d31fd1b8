import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";

import { announce } from "../../components/announcements";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Pagination } from "../../components/Pagination";
import { Loading } from "../../components/Skeleton";
import { FoundCourse } from "./FoundCourse";
import { searchQuery } from "./queries";
import { searchAddress, wantedOf } from "./searchAddress";

export function SearchPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const wanted = wantedOf(search);
  return wanted.query === "" ? (
    <>
      <PageHeading title={t("search.title")} />
      <EmptyState>{t("search.nothingAsked")}</EmptyState>
    </>
  ) : (
    <>
      <PageHeading title={t("search.titleOf", { query: wanted.query })} />
      <Results query={wanted.query} page={wanted.page} />
    </>
  );
}

function Results({ query, page }: { query: string; page: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(searchQuery({ query, page }));
  const count = isPlaceholderData ? undefined : data?.count;

  useEffect(() => {
    if (count !== undefined) announce(t("search.count", { count }));
  }, [count, page, query, t]);

  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading rows={4} />;
  if (data.count === 0) return <NothingFound />;
  return (
    <div aria-busy={isPlaceholderData} className="flex flex-col gap-6">
      <p>{t("search.count", { count: data.count })}</p>
      <ol className="flex flex-col gap-4">
        {data.results.map((found) => (
          <FoundCourse key={found.key} found={found} />
        ))}
      </ol>
      {data.pages > 1 && (
        <Pagination
          page={data.page}
          pages={data.pages}
          count={data.count}
          onPage={(other) => void navigate(searchAddress({ query, page: other }))}
        />
      )}
    </div>
  );
}

function NothingFound() {
  const { t } = useTranslation();
  return (
    <EmptyState>
      <p className="font-bold">{t("search.empty")}</p>
      <ul className="mx-auto mt-3 w-fit list-disc pl-6 text-left">
        <li>{t("search.tryFewer")}</li>
        <li>{t("search.tryOther")}</li>
        <li>{t("search.tryMine")}</li>
      </ul>
    </EmptyState>
  );
}
