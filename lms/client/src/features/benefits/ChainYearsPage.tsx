import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { ChainYear } from "../../api/contract";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { useFormat } from "../../i18n/useFormat";
import { ProjectsNav } from "../projects/ProjectsNav";
import { entriesAddress, yearAddress } from "./addresses";
import { ChainLinks } from "./ChainLinks";
import { chainYearsQuery } from "./queries";

/** The chain of the whole office: the projects measured in each fiscal year, and who was in them. */
export function ChainYearsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(chainYearsQuery);
  return (
    <>
      <PageHeading title={t("chain.title")}>
        <p className="max-w-3xl">{t("chain.intro")}</p>
      </PageHeading>
      <ProjectsNav />
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={3} />
      ) : data.length === 0 ? (
        <EmptyState>{t("chain.empty")}</EmptyState>
      ) : (
        [...data].reverse().map((year) => <Year key={year.fiscal_year} year={year} />)
      )}
    </>
  );
}

function Year({ year }: { year: ChainYear }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const title = t("matrix.fiscalYear", { year: year.fiscal_year });
  const lists = yearAddress(year.fiscal_year);
  const id = `chain-${String(year.fiscal_year)}`;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4">
      <h2 id={id} className="text-std-22B-150">
        {title}
      </h2>
      <ChainLinks
        label={t("chain.of", { title })}
        counts={[
          {
            name: "courses",
            title: t("chain.courses"),
            value: year.courses === null ? null : t("chain.times", { count: year.courses }),
            to: `${lists}#courses`,
          },
          {
            name: "competencies",
            title: t("chain.competencies"),
            value:
              year.competencies === null ? null : t("chain.times", { count: year.competencies }),
            to: `${lists}#competencies`,
          },
          {
            name: "projects",
            title:
              year.people === null
                ? t("chain.projects")
                : t("chain.projectsBy", { count: year.people }),
            value: t("chain.pieces", { count: year.total.projects }),
            to: `${lists}#projects`,
          },
          {
            name: "hours",
            title: t("chain.hours"),
            value: t("benefit.hoursAYear", { hours: number(year.total.saved) }),
            to: entriesAddress({ kind: "measured", fiscal_year: year.fiscal_year }),
          },
        ]}
      />
    </section>
  );
}
