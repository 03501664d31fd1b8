import { useTranslation } from "react-i18next";

import type { Project, Suggestion } from "../../api/contract";

const EFFORTS = { S: "effort.small", M: "effort.medium", L: "effort.large" } as const;
export const PROJECT_STATUSES = {
  template: "project.status.template",
  proposed: "project.status.proposed",
  assessed: "project.status.assessed",
  approved: "project.status.approved",
  running: "project.status.running",
  measured: "project.status.measured",
  closed: "project.status.closed",
} as const;

type Props = { project: Suggestion["project"] & Partial<Pick<Project, "status" | "lead_role">> };

/** The measure of the DX plan a project belongs to, how much work it is, who leads it. */
export function ProjectFacts({ project }: Props) {
  const { t } = useTranslation();
  const facts = [
    { term: t("project.measure"), text: project.measure },
    { term: t("project.effort"), text: t(EFFORTS[project.effort]) },
    { term: t("project.state"), text: project.status && t(PROJECT_STATUSES[project.status]) },
    { term: t("project.leadRole"), text: project.lead_role?.title },
  ];
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-dns-14N-130">
      {facts
        .filter(({ text }) => text !== undefined)
        .map(({ term, text }) => (
          <div key={term} className="flex gap-2">
            <dt className="text-solid-gray-700">{term}</dt>
            <dd className="font-bold">{text}</dd>
          </div>
        ))}
    </dl>
  );
}
