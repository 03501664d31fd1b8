import { useTranslation } from "react-i18next";

import type { Project } from "../../api/contract";
import { useFormat } from "../../i18n/useFormat";

/** Whose work it changes, when, and how much of whose time it takes. */
export function ProjectPlan({ project }: { project: Project }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { starts_on: starts, ends_on: ends } = project;
  const day = (value: string | null) => (value === null ? t("projectPage.notSet") : date(value));
  const facts = [
    ...(project.status === "template"
      ? []
      : [
          {
            term: t("board.department"),
            text: project.department?.title ?? t("projectPage.notSet"),
          },
          {
            term: t("projectPage.period"),
            text:
              starts === null && ends === null
                ? t("projectPage.notSet")
                : t("projectPage.fromTo", { from: day(starts), to: day(ends) }),
          },
        ]),
    {
      term: t("projectPage.hours"),
      text: t("projectPage.hoursAWeek", { hours: project.hours_per_week }),
    },
    {
      term: t("projectPage.places"),
      text:
        project.status === "template"
          ? t("coverage.peopleCount", { count: project.places })
          : t("projectPage.taken", { taken: project.team.taken, places: project.places }),
    },
    ...(project.proposed_by === null
      ? []
      : [{ term: t("board.who.proposer"), text: project.proposed_by }]),
  ];
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-dns-14N-130">
      {facts.map(({ term, text }) => (
        <div key={term} className="flex gap-2">
          <dt className="text-solid-gray-700">{term}</dt>
          <dd className="font-bold">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
