import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { buttonClasses } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { Icon } from "../../components/Icon";
import { PageHeading } from "../../components/PageHeading";
import { Pagination } from "../../components/Pagination";
import { Loading } from "../../components/Skeleton";
import { dutiesQuery, oversightQuery } from "./queries";
import { TeamFilters } from "./TeamFilters";
import { dutiesFile, dutyQueryOf, narrowingOf } from "./teamSearch";
import { TeamTable } from "./TeamTable";

/** For heads and HR: who is where with the mandatory courses, and why late. */
export function TeamPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const sums = useQuery(oversightQuery(narrowingOf(search)));
  const { data, error, refetch, isPlaceholderData } = useQuery(dutiesQuery(dutyQueryOf(search)));

  const turnTo = (page: number) => {
    const turned = new URLSearchParams(search);
    turned.set("page", String(page));
    setSearch(turned);
  };

  return (
    <>
      <PageHeading title={t("team.title")}>
        <p className="max-w-3xl">{t("team.intro")}</p>
      </PageHeading>
      {sums.data !== undefined && <TeamFilters oversight={sums.data} />}
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <p className="font-bold" role="status">
          {sums.data !== undefined && t("team.summary", sums.data.counts)}
        </p>
        <a
          href={dutiesFile(search)}
          download
          className={buttonClasses({ variant: "outline", size: "sm" })}
        >
          <Icon name="download" className="size-5" />
          {t("team.csv")}
        </a>
      </div>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={5} />
      ) : data.results.length === 0 ? (
        <EmptyState>{t("team.nobody")}</EmptyState>
      ) : (
        <div className={isPlaceholderData ? "opacity-50" : ""} aria-busy={isPlaceholderData}>
          <TeamTable rows={data.results} />
        </div>
      )}
      {data !== undefined && data.pages > 1 && (
        <Pagination page={data.page} pages={data.pages} count={data.count} onPage={turnTo} />
      )}
    </>
  );
}
