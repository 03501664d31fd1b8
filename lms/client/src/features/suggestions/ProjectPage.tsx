import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import type { Project } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { mySkillsQuery, projectQuery } from "../../api/queries";
import { NotFoundPage } from "../../app/NotFoundPage";
import { useMe } from "../../app/useMe";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { ErrorState } from "../../components/ErrorState";
import { LevelMark } from "../../components/LevelMark";
import { PageHeading } from "../../components/PageHeading";
import { Loading, Skeleton } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import { BaselineText } from "./BaselineText";
import { ProjectFacts } from "./ProjectFacts";
import { InterestedPeople, ProjectForMe, ProposalWaits } from "./ProjectForMe";

export function ProjectPage() {
  const { key = "" } = useParams();
  const { data: project, error, refetch } = useQuery(projectQuery(key));
  if (project !== undefined) return <ProjectView project={project} />;
  if (statusOf(error) === 404) return <NotFoundPage />;
  return error === null ? <Loading /> : <ErrorState error={error} onRetry={() => void refetch()} />;
}

function ProjectView({ project }: { project: Project }) {
  const { t } = useTranslation();
  const { can } = useMe();
  const trail = can.learn ? [{ title: t("nav.suggestions"), to: "/suggestions" }] : [];
  return (
    <>
      <Breadcrumbs trail={[...trail, { title: project.title }]} />
      <PageHeading title={project.title}>
        <p className="max-w-3xl whitespace-pre-line">{project.summary}</p>
        <ProjectFacts project={project} />
      </PageHeading>
      <ProposalWaits project={project} />
      {project.baseline !== null && <BaselineText baseline={project.baseline} />}
      <ProjectForMe projectKey={project.key} />
      <Needs project={project} isMine={can.learn} />
      <InterestedPeople project={project} />
    </>
  );
}

/** The skills the project needs; beside each the reader's own level, when they have one. */
function Needs({ project, isMine }: { project: Project; isMine: boolean }) {
  const { t } = useTranslation();
  const { data: skills, isPending } = useQuery({ ...mySkillsQuery, enabled: isMine });
  const mine = new Map(skills?.competencies.map((row) => [row.competency.key, row.level]));
  const head = "border-b border-solid-gray-420 bg-solid-gray-50 px-3 py-2 text-dns-14B-130";
  const cell = "border-b border-solid-gray-200 px-3 py-3";
  return (
    <table className="w-full max-w-3xl border-collapse text-left">
      <caption className="pb-3 text-left text-std-22B-150 text-solid-gray-900">
        {t("project.needs")}
      </caption>
      <thead>
        <tr>
          <th scope="col" className={head}>
            {t("skills.competency")}
          </th>
          <th scope="col" className={head}>
            {t("project.needed")}
          </th>
          {isMine && (
            <th scope="col" className={head}>
              {t("project.myLevel")}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {project.needs.map(({ competency, level, is_must: isMust }) => (
          <tr key={competency.key}>
            <th scope="row" className={`${cell} font-normal`}>
              <span className="mr-2">{competency.title}</span>
              {isMust && <Tag tone="error">{t("suggestions.must")}</Tag>}
            </th>
            <td className={`${cell} tabular-nums`}>{level}</td>
            {isMine && (
              <td className={cell}>
                {skills !== undefined ? (
                  <MyLevel level={mine.get(competency.key) ?? null} needed={level} />
                ) : isPending ? (
                  <Skeleton className="h-6" />
                ) : (
                  t("project.unknown")
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MyLevel({ level, needed }: { level: number | null; needed: number }) {
  const { t } = useTranslation();
  const gap = Math.max(0, needed - (level ?? 0));
  return (
    <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <LevelMark level={level} target={needed} />
      {gap === 0 ? (
        <Tag tone="success">{t("project.enough")}</Tag>
      ) : (
        <Tag tone={gap === 1 ? "warning" : "error"}>{t("gap.missing", { count: gap })}</Tag>
      )}
    </span>
  );
}
