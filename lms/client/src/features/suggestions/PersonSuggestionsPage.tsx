import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";

import { statusOf } from "../../api/errors";
import { NotFoundPage } from "../../app/NotFoundPage";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { personSuggestionsQuery } from "./queries";
import { SuggestionPages } from "./SuggestionPages";

/** For heads and HR: what a person is suggested, word for word as the person reads it. */
export function PersonSuggestionsPage() {
  const { t } = useTranslation();
  const { staffNumber = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const page = Math.max(1, Number(search.get("page")) || 1);
  const { data, error, refetch } = useQuery(personSuggestionsQuery(staffNumber, page));
  if (statusOf(error) === 404) return <NotFoundPage />;
  if (data === undefined) {
    return error === null ? (
      <Loading rows={3} />
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    );
  }
  const title = t("suggestions.titleOf", { name: data.person.name });
  return (
    <>
      <Breadcrumbs trail={[{ title }]} />
      <PageHeading title={title}>
        <p className="max-w-3xl">{t("suggestions.introOf")}</p>
      </PageHeading>
      {data.results.length === 0 ? (
        <EmptyState>{t("suggestions.emptyOf")}</EmptyState>
      ) : (
        <SuggestionPages
          found={data}
          staffNumber={staffNumber}
          onPage={(wanted) => setSearch({ page: String(wanted) })}
        />
      )}
    </>
  );
}
