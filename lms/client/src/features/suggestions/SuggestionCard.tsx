import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { NeedStatus, Reason, Suggestion } from "../../api/contract";
import { Icon, type IconName } from "../../components/Icon";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { courseAddress } from "../course/addresses";
import { PlanLink } from "../plan/PlanLink";
import { BaselineText } from "./BaselineText";
import { ProjectFacts } from "./ProjectFacts";

export function SuggestionCard({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  const { project, reasons } = suggestion;
  return (
    <li className="flex flex-col gap-5 rounded-12 border border-solid-gray-420 p-4 md:p-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-1 basis-80 flex-col gap-2">
          <p className="flex flex-wrap items-center gap-2 text-dns-14N-130">
            <span className="font-bold">{t("suggestions.rank", { rank: suggestion.rank })}</span>
            {suggestion.is_relevant && <Tag tone="key">{t("suggestions.relevant")}</Tag>}
          </p>
          <h2 className="text-std-20B-150">
            <Link to={`/projects/${encodeURIComponent(project.key)}`} className="link">
              {project.title}
            </Link>
          </h2>
          <p>{project.summary}</p>
          <ProjectFacts project={project} />
        </div>
        <p className="flex items-baseline gap-2 md:flex-col md:items-end md:gap-0">
          <span className="text-dns-14N-130 text-solid-gray-700">{t("suggestions.score")}</span>
          <span className="text-std-32B-150 text-key-900 tabular-nums">
            {percent(suggestion.score)}
          </span>
        </p>
      </div>
      {project.baseline !== null && <BaselineText baseline={project.baseline} />}
      <div className="grid gap-4 lg:grid-cols-3">
        {STATUSES.map((status) => (
          <Reasons
            key={status}
            status={status}
            reasons={reasons.filter((reason) => reason.status === status)}
          />
        ))}
      </div>
      {reasons.some(({ status }) => status !== "met") && <PlanLink of={project} />}
    </li>
  );
}

const STATUSES: NeedStatus[] = ["met", "one_short", "lacking"];

const HEADINGS = {
  met: "suggestions.met",
  one_short: "suggestions.oneShort",
  lacking: "suggestions.lacking",
} as const;

const LOOKS: Record<NeedStatus, { frame: string; icon: IconName }> = {
  met: { frame: "border-t-success-2 [&_h3>svg]:text-success-2", icon: "success" },
  one_short: {
    frame: "border-t-warning-yellow-2 [&_h3>svg]:text-warning-yellow-2",
    icon: "warning",
  },
  lacking: { frame: "border-t-error-2 [&_h3>svg]:text-error-2", icon: "error" },
};

function Reasons({ status, reasons }: { status: NeedStatus; reasons: Reason[] }) {
  const { t } = useTranslation();
  const { frame, icon } = LOOKS[status];
  return (
    <section className={`flex flex-col gap-3 border-t-4 pt-3 ${frame}`}>
      <h3 className="flex items-center gap-2 text-std-16B-170">
        <Icon name={icon} className="size-5" />
        {t(HEADINGS[status], { count: reasons.length })}
      </h3>
      {reasons.length === 0 ? (
        <p className="text-dns-16N-130 text-solid-gray-700">{t("suggestions.none")}</p>
      ) : (
        <ul className="flex flex-col gap-3 text-dns-16N-130">
          {reasons.map((reason) => (
            <li key={reason.competency.key} className="flex flex-col gap-1">
              <span className="flex flex-wrap items-center gap-2">
                <span className="font-bold">{reason.competency.title}</span>
                {reason.is_must && <Tag tone="error">{t("suggestions.must")}</Tag>}
              </span>
              <span>{reason.text}</span>
              {reason.closing_course !== null && (
                <Link to={courseAddress(reason.closing_course.key)} className="link w-fit">
                  {t("suggestions.closing", {
                    title: reason.closing_course.title,
                    count: reason.closing_course.minutes,
                  })}
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
