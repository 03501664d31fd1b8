import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { CellExplanation, ScaleLevel } from "../../api/contract";
import { EmptyState } from "../../components/EmptyState";
import { LevelMark } from "../../components/LevelMark";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { CorrectionPart } from "../assessment/CorrectionPart";
import { courseAddress } from "../course/addresses";
import { EvidenceCard } from "./EvidenceCard";
import { GapText } from "./GapText";

type Props = { cell: CellExplanation; scale: ScaleLevel[]; isMine: boolean };

export function CellExplanationView({ cell, scale, isMine }: Props) {
  const { t } = useTranslation();
  const { date } = useFormat();
  return (
    <>
      <Result cell={cell} scale={scale} />
      <Part title={t("cell.evidence")}>
        {cell.evidence.length === 0 ? (
          <EmptyState>{t("cell.noEvidence")}</EmptyState>
        ) : (
          <ol className="flex flex-col gap-4">
            {cell.evidence.map((evidence, index) => (
              <EvidenceCard key={index} evidence={evidence} isMine={isMine} />
            ))}
          </ol>
        )}
      </Part>
      <Part title={t("cell.rule")}>
        <p>
          <span className="font-bold">{cell.rule.title}</span>
          <span className="block">{cell.rule.text}</span>
        </p>
        <p>{t("cell.minimumAssurance", { title: cell.minimum_assurance.title })}</p>
        {cell.rule.effective_from !== null && (
          <p>{t("cell.ruleSince", { date: date(cell.rule.effective_from) })}</p>
        )}
      </Part>
      <Part title={t("cell.targets")}>
        <Targets targets={cell.targets} />
      </Part>
      {cell.raise_otherwise !== "" && (
        <Part title={t("cell.raiseOtherwise")}>
          <p>{cell.raise_otherwise}</p>
        </Part>
      )}
      {cell.raise_by.length > 0 && (
        <Part title={t("cell.raiseBy")}>
          <ul className="flex flex-col gap-2">
            {cell.raise_by.map((course) => (
              <li key={course.key} className="flex flex-wrap items-baseline gap-x-3">
                {isMine ? (
                  <Link to={courseAddress(course.key)} className="link">
                    {course.title}
                  </Link>
                ) : (
                  <span>{course.title}</span>
                )}
                <span className="text-dns-14N-130 text-solid-gray-700">
                  {t("cell.raisesTo", { level: course.level })}
                  {t("common.comma")}
                  {t("course.minutes", { count: course.minutes })}
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {isMine && <CorrectionPart competencyKey={cell.competency.key} />}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <h3 className="border-b border-solid-gray-420 pb-1 text-std-18B-160">{title}</h3>
      {children}
    </section>
  );
}

function Result({ cell, scale }: { cell: CellExplanation; scale: ScaleLevel[] }) {
  const { t } = useTranslation();
  const { date, percent } = useFormat();
  const named = scale.find(({ level }) => level === cell.level);
  const facts = [
    { term: t("skills.target"), text: cell.target === null ? t("gap.noTarget") : String(cell.target) },
    { term: t("cell.self"), text: cell.self_level === null ? "–" : String(cell.self_level) },
    { term: t("cell.since"), text: cell.since === null ? "–" : date(cell.since) },
    { term: t("cell.until"), text: until() },
    { term: t("cell.assurance"), text: cell.assurance?.title ?? "–" },
    ...(cell.freshness === null || cell.freshness >= 1
      ? []
      : [{ term: t("cell.freshness"), text: percent(cell.freshness) }]),
    ...(cell.renewed_at === null ? [] : [{ term: t("cell.renewed"), text: date(cell.renewed_at) }]),
    { term: t("cell.asOf"), text: date(cell.as_of) },
    {
      term: t("cell.framework"),
      text: `${cell.competency.framework.title} ${cell.competency.framework.version}`,
    },
  ];

  function until(): string {
    if (cell.expires_at !== null) return date(cell.expires_at);
    return cell.level === null ? "–" : t("cell.noExpiry");
  }

  return (
    <div className="flex flex-col gap-4 rounded-12 bg-solid-gray-50 p-4 md:p-6">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="text-dns-16B-130">{t("skills.level")}</span>
        <LevelMark level={cell.level} target={cell.target} />
        <span className="font-bold">{named?.title ?? t("level.none")}</span>
        {cell.target !== null && <GapText gap={cell.gap} />}
      </p>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 text-dns-16N-130 md:grid-cols-3">
        {facts.map(({ term, text }) => (
          <div key={term}>
            <dt className="text-dns-14N-130 text-solid-gray-700">{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Targets({ targets }: { targets: CellExplanation["targets"] }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  if (targets.length === 0) return <EmptyState>{t("cell.noTargets")}</EmptyState>;
  return (
    <ul className="flex flex-col gap-2">
      {targets.map((target, index) => (
        <li key={index} className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-bold">{t("level.number", { level: target.level })}</span>
          <span>
            {[target.tier?.title, target.role?.title].filter(Boolean).join(" × ") ||
              t("cell.everyone")}
          </span>
          <span className="text-dns-14N-130 text-solid-gray-700">
            {t("cell.period", {
              from: date(target.effective_from),
              until: target.effective_until === null ? "" : date(target.effective_until),
            })}
          </span>
          {target.applies && <Tag tone="key">{t("cell.applies")}</Tag>}
        </li>
      ))}
    </ul>
  );
}
