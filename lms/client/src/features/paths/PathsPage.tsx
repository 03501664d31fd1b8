import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Breadcrumbs } from "../../components/Breadcrumbs";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { PathCard } from "./PathCard";
import { pathsQuery } from "./queries";

export function PathsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(pathsQuery);
  return (
    <>
      <Breadcrumbs trail={[{ title: t("paths.title") }]} />
      <PageHeading title={t("paths.title")}>
        <p className="max-w-3xl">{t("paths.intro")}</p>
      </PageHeading>
      {data === undefined ? (
        error !== null ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading rows={3} />
        )
      ) : data.length === 0 ? (
        <EmptyState>{t("paths.empty")}</EmptyState>
      ) : (
        <ul className="grid gap-4 lg:grid-cols-2">
          {data.map((row) => (
            <PathCard key={row.key} row={row} level="h2" />
          ))}
        </ul>
      )}
    </>
  );
}
