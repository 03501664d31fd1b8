import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useParams } from "react-router";

import type { ChainLists } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { NotFoundPage } from "../../app/NotFoundPage";
import { useMe } from "../../app/useMe";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { useFormat } from "../../i18n/useFormat";
import { courseAddress } from "../course/addresses";
import { projectChainAddress, PROJECTS } from "../projects/addresses";
import { CHAIN, entriesAddress } from "./addresses";
import { competencyAddress } from "./competencyAddress";
import { chainListsQuery } from "./queries";

/** What the numbers of a fiscal year count. */
export function ChainListsPage() {
  const { t } = useTranslation();
  const year = Math.trunc(Number(useParams().year)) || 0;
  const { data, error, refetch } = useQuery(chainListsQuery(year));
  const { hash } = useLocation();
  const isThere = data !== undefined;
  // The lists come after the address was followed.
  useEffect(() => {
    if (isThere && hash !== "") document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [isThere, hash]);
  if (statusOf(error) === 404) return <NotFoundPage />;
  const title = t("chain.listsOf", { title: t("matrix.fiscalYear", { year }) });
  return (
    <>
      <Breadcrumbs
        trail={[
          { title: t("board.title"), to: PROJECTS },
          { title: t("chain.title"), to: CHAIN },
          { title },
        ]}
      />
      <PageHeading title={title}>
        <p className="max-w-3xl">{t("chain.listsIntro")}</p>
      </PageHeading>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={3} />
      ) : (
        <Lists lists={data} />
      )}
    </>
  );
}

function Lists({ lists }: { lists: ChainLists }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { can } = useMe();
  const people = (count: number | null) =>
    count === null ? t("chain.few") : t("coverage.peopleCount", { count });
  const nothing = lists.is_told ? null : t("coverage.suppressed");
  return (
    <>
      <List id="courses" title={t("chain.courses")} nothing={nothing} isEmpty={lists.courses.length === 0}>
        {lists.courses.map(({ course, people: count }) => (
          <Row key={course.key} to={courseAddress(course.key)} title={course.title}>
            {people(count)}
          </Row>
        ))}
      </List>
      <List
        id="competencies"
        title={t("chain.competencies")}
        nothing={nothing}
        isEmpty={lists.competencies.length === 0}
      >
        {lists.competencies.map(({ competency, people: count }) => (
          <Row
            key={competency.key}
            to={competencyAddress(competency.key, can.view_matrix)}
            title={competency.title}
          >
            {people(count)}
          </Row>
        ))}
      </List>
      <List id="projects" title={t("chain.projects")} nothing={null} isEmpty={false}>
        {lists.projects.map(({ project, people: count, saving }) => (
          <Row key={project.key} to={projectChainAddress(project.key)} title={project.title}>
            {t("chain.staffed", { count, hours: number(saving.saved) })}
          </Row>
        ))}
      </List>
      <p>
        <Link
          to={entriesAddress({ kind: "measured", fiscal_year: lists.fiscal_year })}
          className="link"
        >
          {t("chain.toEntries")}
        </Link>
      </p>
    </>
  );
}

type ListProps = {
  id: string;
  title: string;
  nothing: string | null;
  isEmpty: boolean;
  children: ReactNode;
};

function List({ id, title, nothing, isEmpty, children }: ListProps) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="text-std-22B-150">
        {title}
      </h2>
      {nothing !== null ? (
        <EmptyState>{nothing}</EmptyState>
      ) : isEmpty ? (
        <EmptyState>{t("chain.none")}</EmptyState>
      ) : (
        <ul className="flex max-w-3xl flex-col">{children}</ul>
      )}
    </section>
  );
}

function Row({ to, title, children }: { to: string; title: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-solid-gray-300 py-2">
      <Link to={to} className="link">
        {title}
      </Link>
      <span className="tabular-nums">{children}</span>
    </li>
  );
}
