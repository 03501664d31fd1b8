import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { ButtonLink } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { ProjectsNav } from "../projects/ProjectsNav";
import { NEW_PROJECT, SUGGESTIONS_PAGE } from "./addresses";
import { MatchNotices } from "./MatchNotices";
import { answersQuery, suggestionsQuery } from "./queries";
import { SuggestionPages } from "./SuggestionPages";

const DECLINED = "declined";

/** The projects that suit me; those I said no to stand apart, under `?declined`. */
export function SuggestionsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const isDeclined = search.has(DECLINED);
  const page = Math.max(1, Number(search.get("page")) || 1);
  const { data, error, refetch } = useQuery(
    suggestionsQuery(isDeclined ? "not_for_me" : "open", page),
  );
  const { data: said } = useQuery(answersQuery);
  const declined = said?.answers.filter((row) => row.choice === "not_for_me").length ?? 0;
  const turnTo = (wanted: number) => {
    const turned = new URLSearchParams(search);
    turned.set("page", String(wanted));
    setSearch(turned);
  };
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-4">
        <PageHeading title={t("suggestions.title")}>
          <p className="max-w-3xl">{t("suggestions.intro")}</p>
        </PageHeading>
        <ButtonLink to={NEW_PROJECT} variant="outline">
          {t("proposal.title")}
        </ButtonLink>
      </div>
      <ProjectsNav />
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        {isDeclined && <p className="max-w-3xl">{t("suggestions.declinedIntro")}</p>}
        <Link
          to={isDeclined ? SUGGESTIONS_PAGE : `${SUGGESTIONS_PAGE}?${DECLINED}`}
          className="link ml-auto"
        >
          {isDeclined ? t("suggestions.toOpen") : t("suggestions.declinedPart", { count: declined })}
        </Link>
      </div>
      {data === undefined ? (
        error === null ? (
          <Loading rows={3} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : data.results.length === 0 ? (
        <EmptyState>{t(isDeclined ? "suggestions.noneDeclined" : "suggestions.empty")}</EmptyState>
      ) : (
        <SuggestionPages found={data} isRanked={!isDeclined} onPage={turnTo} />
      )}
      {!isDeclined && <MatchNotices />}
    </>
  );
}
