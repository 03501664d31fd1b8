import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { NeedStatus, Reason } from "../../api/contract";
import { Icon, type IconName } from "../../components/Icon";
import { Tag } from "../../components/Tag";
import { courseAddress } from "../course/addresses";

const STATUSES: NeedStatus[] = ["met", "one_short", "lacking"];

const HEADINGS = {
  met: "suggestions.met",
  one_short: "suggestions.oneShort",
  lacking: "suggestions.lacking",
} as const;

const LOOKS: Record<NeedStatus, { frame: string; icon: IconName }> = {
  met: { frame: "border-t-success-2 [&_.head>svg]:text-success-2", icon: "success" },
  one_short: {
    frame: "border-t-warning-yellow-2 [&_.head>svg]:text-warning-yellow-2",
    icon: "warning",
  },
  lacking: { frame: "border-t-error-2 [&_.head>svg]:text-error-2", icon: "error" },
};

type Props = {
  reasons: Reason[];
  /** The reader's own: the courses named are theirs to take. */
  isMine: boolean;
};

/** Why a project suits somebody, in the server's words: whoever reads them reads the same. */
export function ReasonList({ reasons, isMine }: Props) {
  const { t } = useTranslation();
  if (reasons.length === 0) {
    return <p className="text-dns-16N-130 text-solid-gray-700">{t("suggestions.noNeeds")}</p>;
  }
  return (
    <div className="flex flex-col gap-6">
      {STATUSES.map((status) => (
        <Reasons
          key={status}
          status={status}
          reasons={reasons.filter((reason) => reason.status === status)}
          isMine={isMine}
        />
      ))}
    </div>
  );
}

function Reasons({ status, reasons, isMine }: Props & { status: NeedStatus }) {
  const { t } = useTranslation();
  const { frame, icon } = LOOKS[status];
  return (
    <section className={`flex flex-col gap-4 border-t-4 pt-3 ${frame}`}>
      <h3 className="head flex items-center gap-2 text-std-16B-170">
        <Icon name={icon} className="size-5" />
        {t(HEADINGS[status], { count: reasons.length })}
      </h3>
      {reasons.length > 0 && (
        <ul className="grid items-start gap-x-6 gap-y-6 text-dns-16N-130 md:grid-cols-2 lg:grid-cols-3">
          {reasons.map((reason) => (
            <OneReason key={reason.competency.key} reason={reason} isMine={isMine} />
          ))}
        </ul>
      )}
    </section>
  );
}

function OneReason({ reason, isMine }: { reason: Reason; isMine: boolean }) {
  const { t } = useTranslation();
  const course = reason.closing_course;
  return (
    <li className="flex flex-col gap-2">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-bold">{reason.competency.title}</span>
        {reason.is_must && <Tag tone="error">{t("suggestions.must")}</Tag>}
      </span>
      <span>{reason.text}</span>
      {reason.evidence_text !== "" && (
        <span className="text-dns-14N-130 text-solid-gray-700">{reason.evidence_text}</span>
      )}
      {reason.ways.length > 0 && (
        <ul className="flex list-disc flex-col gap-1 pl-5">
          {reason.ways.map((way) => (
            <li key={way}>{way}</li>
          ))}
        </ul>
      )}
      {isMine && course !== null && (
        <Link to={courseAddress(course.key)} className="link w-fit">
          {t("suggestions.openCourse", { title: course.title })}
        </Link>
      )}
      {reason.change_text !== "" && (
        <span className="rounded-8 bg-key-50 px-3 py-2 font-bold text-key-1000">
          {reason.change_text}
        </span>
      )}
    </li>
  );
}
