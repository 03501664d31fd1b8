import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { suggestionsQuery } from "../../api/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Pagination } from "../../components/Pagination";
import { Loading } from "../../components/Skeleton";
import { SuggestionCard } from "./SuggestionCard";

export function SuggestionsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const page = Math.max(1, Number(search.get("page")) || 1);
  const { data, error, refetch } = useQuery(suggestionsQuery(page));
  return (
    <>
      <PageHeading title={t("suggestions.title")}>
        <p className="max-w-3xl">{t("suggestions.intro")}</p>
      </PageHeading>
      {data === undefined ? (
        error === null ? (
          <Loading rows={3} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : data.count === 0 ? (
        <EmptyState>{t("suggestions.empty")}</EmptyState>
      ) : (
        <>
          <ol className="flex flex-col gap-6">
            {data.results.map((suggestion) => (
              <SuggestionCard key={suggestion.project.key} suggestion={suggestion} />
            ))}
          </ol>
          {data.pages > 1 && (
            <Pagination
              page={data.page}
              pages={data.pages}
              count={data.count}
              onPage={(wanted) => setSearch({ page: String(wanted) })}
            />
          )}
        </>
      )}
    </>
  );
}
