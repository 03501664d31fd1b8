import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Evidence } from "../../api/contract";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { courseAddress } from "../course/addresses";

type Props = { evidence: Evidence; isMine: boolean };

/** One piece of evidence: what it says, whether it counts, and why. */
export function EvidenceCard({ evidence, isMine }: Props) {
  const { t } = useTranslation();
  const { date, percent } = useFormat();
  const { award } = evidence;
  const facts = [
    { term: t("cell.level"), text: String(evidence.level) },
    { term: t("cell.achieved"), text: date(evidence.achieved_at) },
    {
      term: t("cell.until"),
      text: evidence.expires_at === null ? t("cell.noExpiry") : date(evidence.expires_at),
    },
    { term: t("cell.assurance"), text: evidence.assurance.title },
    ...(evidence.assessor === "" ? [] : [{ term: t("cell.assessor"), text: evidence.assessor }]),
    ...(evidence.freshness < 1 && evidence.is_valid
      ? [{ term: t("cell.freshness"), text: percent(evidence.freshness) }]
      : []),
    ...(evidence.renewed_at === null ? [] : [{ term: t("cell.renewed"), text: date(evidence.renewed_at) }]),
  ];
  return (
    <li
      className={`flex flex-col gap-3 rounded-8 border p-4 ${evidence.is_winning ? "border-2 border-key-900" : "border-solid-gray-420"}`}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {evidence.is_winning ? (
          <Tag tone="key">{t("cell.winning")}</Tag>
        ) : evidence.is_valid ? (
          <Tag tone="success">{t("cell.valid")}</Tag>
        ) : (
          <Tag tone="neutral">{t("cell.invalid")}</Tag>
        )}
        <span className="text-dns-14N-130 text-solid-gray-700">{evidence.kind_title}</span>
        <h4 className="w-full text-std-16B-170">
          {isMine && evidence.course_key !== null ? (
            <Link to={courseAddress(evidence.course_key)} className="link">
              {evidence.title}
            </Link>
          ) : (
            evidence.title
          )}
        </h4>
      </div>
      <p>{evidence.why}</p>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 text-dns-14N-130 md:grid-cols-4">
        {facts.map(({ term, text }) => (
          <div key={term}>
            <dt className="text-solid-gray-700">{term}</dt>
            <dd className="font-bold">{text}</dd>
          </div>
        ))}
      </dl>
      {evidence.earlier !== null && (
        <p className="text-dns-14N-130 text-solid-gray-700">
          {t("cell.earlier", {
            competency: evidence.earlier.title,
            framework: `${evidence.earlier.framework.title} ${evidence.earlier.framework.version}`,
          })}
        </p>
      )}
      {award !== null && (
        <p className="text-dns-14N-130 text-solid-gray-700">
          {t("cell.award", { level: award.level })}
          {award.valid_for_days !== null && t("cell.awardDays", { count: award.valid_for_days })}
          {t("cell.awardFrom", { date: date(award.effective_from) })}
        </p>
      )}
      <Scores scores={evidence.scores} />
    </li>
  );
}

function Scores({ scores }: { scores: Evidence["scores"] }) {
  const { t } = useTranslation();
  const { date, percent } = useFormat();
  if (scores.length === 0) return null;
  return (
    <table className="w-full border-collapse text-left text-dns-14N-130 [&_td]:border-t [&_td]:border-solid-gray-200 [&_td]:py-1.5 [&_td]:pr-3 [&_th]:py-1.5 [&_th]:pr-3">
      <caption className="sr-only">{t("cell.scores")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("cell.exercise")}</th>
          <th scope="col">{t("cell.best")}</th>
          <th scope="col">{t("cell.passMark")}</th>
          <th scope="col">{t("cell.date")}</th>
        </tr>
      </thead>
      <tbody>
        {scores.map((score, index) => (
          <tr key={index}>
            <td>{score.activity_title}</td>
            <td className="tabular-nums">{shown(score.best_score)}</td>
            <td className="tabular-nums">{shown(score.pass_mark)}</td>
            <td className="whitespace-nowrap">{score.done_at === null ? "–" : date(score.done_at)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );

  function shown(fraction: number | null): string {
    return fraction === null ? "–" : percent(fraction);
  }
}
