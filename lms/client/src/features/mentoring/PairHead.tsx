import { useTranslation } from "react-i18next";

import type { MentorPair } from "../../api/contract";
import { Tag, type TagTone } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";

const TONES: Record<MentorPair["state"], TagTone> = {
  proposed: "warning",
  agreed: "success",
  declined: "neutral",
  ended: "neutral",
};

/** With whom, as what, and about which skills up to which level. */
export function PairHead({ pair }: { pair: MentorPair }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const isMentor = pair.side === "mentor";
  const other = isMentor ? pair.learner : pair.mentor;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h3 className="text-std-20B-150">
          {t(isMentor ? "mentoring.pair.teach" : "mentoring.pair.learn", { name: other.name })}
        </h3>
        <Tag tone={TONES[pair.state]}>{pair.state_title}</Tag>
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {pair.skills.map(({ competency, level }) => (
          <li key={competency.key}>{t("mentoring.pair.skill", { title: competency.title, level })}</li>
        ))}
      </ul>
      <p className="text-dns-14N-130 text-solid-gray-700">
        {t("mentoring.pair.proposed", { date: date(pair.proposed_at) })}
        {pair.ended_at !== null && ` ${t("mentoring.pair.ended", { date: date(pair.ended_at) })}`}
      </p>
    </div>
  );
}
