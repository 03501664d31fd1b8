import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Project } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { useMe } from "../../app/useMe";
import { Banner } from "../../components/Banner";
import { useFormat } from "../../i18n/useFormat";
import { SUGGESTIONS_PAGE } from "./addresses";
import { AnswerPart } from "./AnswerPart";
import { interestedQuery, suggestionQuery } from "./queries";
import { ReasonList } from "./ReasonList";
import { Score } from "./SuggestionCard";

// The others are suggested to nobody: asking would only be refused.
const LOOKS_FOR_PEOPLE: ReadonlySet<Project["status"]> = new Set(["template", "approved"]);

/** On a project's page: how it suits me and what I say to it, if it looks for people. */
export function ProjectForMe({ project }: { project: Project }) {
  const { t } = useTranslation();
  const { can } = useMe();
  const { data } = useQuery({
    ...suggestionQuery(project.key),
    enabled: can.learn && LOOKS_FOR_PEOPLE.has(project.status),
  });
  if (data === undefined || data === null) return null;
  return (
    <section
      aria-labelledby="project-for-me"
      className="flex flex-col gap-5 rounded-12 border border-solid-gray-420 p-4 md:p-6"
    >
      <div className="flex flex-wrap items-start justify-between gap-4">
        <h2 id="project-for-me" className="text-std-22B-150">
          {t("suggestions.forMe")}
        </h2>
        <Score score={data.score} />
      </div>
      <ReasonList reasons={data.reasons} isMine />
      <AnswerPart project={data.project} />
      <Link to={SUGGESTIONS_PAGE} className="link w-fit">
        {t("suggestions.all")}
      </Link>
    </section>
  );
}

/** After proposing, and whenever the proposer or whoever assesses it comes back: what comes next. */
export function ProposalWaits({ project }: { project: Project }) {
  const { t } = useTranslation();
  if (project.proposed_by === null) return null;
  const who = { department: project.department?.title ?? t("proposal.ownDepartment") };
  if (project.status === "proposed") {
    return (
      <Banner tone="info" title={t("proposal.waitsForHead", who)}>
        <p>{t("proposal.waitsForHeadHelp", { name: project.proposed_by })}</p>
      </Banner>
    );
  }
  if (project.status === "assessed") {
    return (
      <Banner tone="info" title={t("proposal.waitsForOffice")}>
        <p>{t("proposal.waitsForOfficeHelp", { name: project.proposed_by })}</p>
      </Banner>
    );
  }
  return null;
}

/** For the DX office and the lead: who would like to be in the project. For others nothing. */
export function InterestedPeople({ project }: { project: Project }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { data, error } = useQuery({ ...interestedQuery(project.key), enabled: project.may_lead });
  if (data === undefined || statusOf(error) === 404) return null;
  return (
    <section aria-labelledby="interested" className="flex max-w-3xl flex-col gap-3">
      <h2 id="interested" className="text-std-22B-150">
        {t("suggestions.people", { count: data.people.length })}
      </h2>
      {data.people.length === 0 ? (
        <p className="text-solid-gray-700">{t("suggestions.nobody")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-solid-gray-300 border-y border-solid-gray-300">
          {data.people.map((row) => (
            <li key={row.staff_number} className="flex flex-wrap justify-between gap-x-6 py-3">
              <span>
                <span className="font-bold">{row.name}</span>
                <span className="ml-3 text-dns-14N-130 text-solid-gray-700">{row.staff_number}</span>
              </span>
              <span className="text-dns-14N-130">{date(row.answered_at)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
