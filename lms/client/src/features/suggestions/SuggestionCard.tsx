import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Suggestion } from "../../api/contract";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { PlanLink } from "../plan/PlanLink";
import { projectAddress } from "./addresses";
import { AnswerPart } from "./AnswerPart";
import { BaselineText } from "./BaselineText";
import { ProjectFacts } from "./ProjectFacts";
import { ReasonList } from "./ReasonList";

type Props = { suggestion: Suggestion; staffNumber?: string; isRanked: boolean };

/** One project for one person: the person, the head of the section and HR read the same card. */
export function SuggestionCard({ suggestion, staffNumber, isRanked }: Props) {
  const isMine = staffNumber === undefined;
  const { t } = useTranslation();
  const { project, reasons } = suggestion;
  return (
    <li className="flex flex-col gap-5 rounded-12 border border-solid-gray-420 p-4 md:p-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-1 basis-80 flex-col gap-2">
          <p className="flex flex-wrap items-center gap-2 text-dns-14N-130">
            {isRanked && (
              <span className="font-bold">{t("suggestions.rank", { rank: suggestion.rank })}</span>
            )}
            {suggestion.is_relevant && <Tag tone="key">{t("suggestions.relevant")}</Tag>}
          </p>
          <h2 className="text-std-20B-150">
            <Link to={projectAddress(project.key)} className="link">
              {project.title}
            </Link>
          </h2>
          <p className="whitespace-pre-line">{project.summary}</p>
          <ProjectFacts project={project} />
        </div>
        <Score score={suggestion.score} />
      </div>
      {project.baseline !== null && <BaselineText baseline={project.baseline} />}
      <ReasonList reasons={reasons} isMine={isMine} />
      {reasons.some(({ status }) => status !== "met") && (
        <PlanLink of={project} {...(!isMine && { staffNumber })} />
      )}
      {isMine && <AnswerPart project={project} />}
    </li>
  );
}

export function Score({ score }: { score: number }) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  return (
    <p className="flex items-baseline gap-2 md:flex-col md:items-end md:gap-0">
      <span className="text-dns-14N-130 text-solid-gray-700">{t("suggestions.score")}</span>
      <span className="text-std-32B-150 text-key-900 tabular-nums">{percent(score)}</span>
    </p>
  );
}
