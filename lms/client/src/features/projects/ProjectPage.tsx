import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import type { Project } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { projectQuery } from "../../api/queries";
import { NotFoundPage } from "../../app/NotFoundPage";
import { useMe } from "../../app/useMe";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { Button, ButtonLink } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { PlanLink } from "../plan/PlanLink";
import { BaselineText } from "../suggestions/BaselineText";
import { ProjectFacts } from "../suggestions/ProjectFacts";
import { InterestedPeople, ProjectForMe, ProposalWaits } from "../suggestions/ProjectForMe";
import { ComposeLink } from "../teams/ComposeLink";
import { PROJECTS, projectChainAddress, projectEditAddress } from "./addresses";
import { ProjectFigures } from "./ProjectFigures";
import { ProjectHistory } from "./ProjectHistory";
import { ProjectLife } from "./ProjectLife";
import { ProjectNeeds } from "./ProjectNeeds";
import { ProjectPlan } from "./ProjectPlan";
import { ProjectTeam } from "./ProjectTeam";
import { WordsDialog } from "./WordsDialog";

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
  const [isWording, setIsWording] = useState(false);
  const isTemplate = project.status === "template";
  return (
    <>
      <Breadcrumbs trail={[{ title: t("board.title"), to: PROJECTS }, { title: project.title }]} />
      <PageHeading title={project.title}>
        <p className="max-w-3xl whitespace-pre-line">{project.summary}</p>
        <ProjectFacts project={project} />
        <ProjectPlan project={project} />
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          {project.words !== null && (
            <Button variant="outline" size="sm" onClick={() => setIsWording(true)}>
              {t("projectWords.title")}
            </Button>
          )}
          {project.may_edit && (
            <ButtonLink to={projectEditAddress(project.key)} variant="outline" size="sm">
              {t("projectPage.edit")}
            </ButtonLink>
          )}
          {project.needs.length > 0 && <PlanLink of={project} />}
          {!isTemplate && (
            <Link to={projectChainAddress(project.key)} className="link">
              {t("projectPage.toChain")}
            </Link>
          )}
          <ComposeLink project={project} />
        </div>
      </PageHeading>
      {isWording && project.words !== null && (
        <WordsDialog project={project} words={project.words} onClose={() => setIsWording(false)} />
      )}
      <ProposalWaits project={project} />
      {project.baseline !== null && <BaselineText baseline={project.baseline} />}
      {!isTemplate && <ProjectLife project={project} />}
      <ProjectFigures project={project} />
      <ProjectForMe project={project} />
      <ProjectNeeds project={project} isMine={can.learn} />
      {!isTemplate && <ProjectTeam project={project} />}
      <InterestedPeople project={project} />
      {project.history.length > 0 && <ProjectHistory steps={project.history} />}
    </>
  );
}
