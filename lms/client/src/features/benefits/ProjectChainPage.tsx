import { useQuery } from "@tanstack/react-query";
import { type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import type { ValueChain } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { NotFoundPage } from "../../app/NotFoundPage";
import { useMe } from "../../app/useMe";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { courseAddress } from "../course/addresses";
import { projectAddress, PROJECTS } from "../projects/addresses";
import { PART_NAMES } from "../projects/words";
import { ChainLinks } from "./ChainLinks";
import { competencyAddress } from "./competencyAddress";
import { competenciesOf, coursesOf, type Gained, peopleIn } from "./projectChain";
import { valueChainQuery } from "./queries";

/** One project's chain: what its members learned and gained, and the hours that came of it. */
export function ProjectChainPage() {
  const { key = "" } = useParams();
  const { data, error, refetch } = useQuery(valueChainQuery(key));
  if (data !== undefined) return <ChainView chain={data} />;
  if (statusOf(error) === 404) return <NotFoundPage />;
  return error === null ? <Loading /> : <ErrorState error={error} onRetry={() => void refetch()} />;
}

function ChainView({ chain }: { chain: ValueChain }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { can } = useMe();
  const { project, benefit } = chain;
  const back = projectAddress(project.key);
  const title = t("chain.title");
  return (
    <>
      <Breadcrumbs
        trail={[
          { title: t("board.title"), to: PROJECTS },
          { title: project.title, to: back },
          { title },
        ]}
      />
      <PageHeading title={t("chain.of", { title: project.title })}>
        <p className="max-w-3xl">{t("chain.projectIntro")}</p>
        {chain.unnamed > 0 && <p>{t("chain.unnamed", { count: chain.unnamed })}</p>}
      </PageHeading>
      <ChainLinks
        label={t("chain.of", { title: project.title })}
        counts={[
          {
            name: "courses",
            title: t("chain.courses"),
            value: t("chain.times", { count: chain.courses }),
            to: "#courses",
          },
          {
            name: "competencies",
            title: t("chain.competencies"),
            value: t("chain.times", { count: chain.competencies }),
            to: "#competencies",
          },
          {
            name: "people",
            title: t("chain.people"),
            value: t("coverage.peopleCount", { count: peopleIn(chain) }),
            to: "#people",
          },
          {
            name: "hours",
            title: t("chain.hours"),
            value:
              benefit.measured === null
                ? t("chain.notMeasured")
                : t("benefit.hoursAYear", { hours: number(benefit.measured.saved) }),
            to: `${back}#project-figures`,
          },
        ]}
      />
      <Gains id="courses" title={t("chain.courses")} rows={coursesOf(chain)} to={courseAddress} />
      <Gains
        id="competencies"
        title={t("chain.competencies")}
        rows={competenciesOf(chain)}
        to={(skill) => competencyAddress(skill, can.view_matrix)}
      />
      <Section id="people" title={t("chain.people")}>
        {chain.members.length === 0 ? (
          <EmptyState>{t("chain.nobody")}</EmptyState>
        ) : (
          <ul className="flex flex-col gap-4">
            {chain.members.map((member, place) => (
              <Member key={`${member.staff_number} ${String(place)}`} member={member} />
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="text-std-22B-150">
        {title}
      </h2>
      {children}
    </section>
  );
}

type GainsProps = { id: string; title: string; rows: Gained[]; to: (key: string) => string };

function Gains({ id, title, rows, to }: GainsProps) {
  const { t } = useTranslation();
  return (
    <Section id={id} title={title}>
      {rows.length === 0 ? (
        <EmptyState>{t("chain.none")}</EmptyState>
      ) : (
        <ul className="flex max-w-3xl flex-col">
          {rows.map((row) => (
            <li
              key={row.key}
              className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-solid-gray-300 py-2"
            >
              <Link to={to(row.key)} className="link">
                {row.title}
              </Link>
              <span className="text-dns-16N-130 text-solid-gray-700">
                {t("coverage.peopleCount", { count: row.people.length })}
                {t("chain.names", { names: row.people.join(t("common.comma")) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Member({ member }: { member: ValueChain["members"][number] }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  return (
    <li className="rounded-8 border border-solid-gray-420 p-4">
      <h3 className="flex flex-wrap items-center gap-x-3 text-std-16B-170">
        {member.name}
        <Tag tone="neutral">{t(PART_NAMES[member.part])}</Tag>
      </h3>
      {member.links.length === 0 ? (
        <p className="text-solid-gray-700">{t("chain.noLinks")}</p>
      ) : (
        <ul className="mt-2 flex flex-col gap-1 text-dns-16N-130">
          {member.links.map((link, place) => (
            <li key={place}>
              {link.course === null ? (
                t("chain.judged")
              ) : (
                <Link to={courseAddress(link.course.key)} className="link">
                  {link.course.title}
                </Link>
              )}
              {" → "}
              {link.competency.title} {t("level.number", { level: link.level })}
              <span className="text-solid-gray-700">{t("chain.on", { date: date(link.achieved_at) })}</span>
              {!link.holds && (
                <span className="ml-2">
                  <Tag tone="warning">{t("chain.lapsed")}</Tag>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
