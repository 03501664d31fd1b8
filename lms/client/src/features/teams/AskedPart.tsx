import { useTranslation } from "react-i18next";

import type { Composition, TeamRules } from "../../api/contract";

/** Under which rules the teams were looked for, and where these give way. */
export function AskedPart({ composition }: { composition: Composition }) {
  const { t } = useTranslation();
  const { rules, concessions, pins, forbids, time_limit: limit } = composition;
  const people = (rows: Composition["pins"]) =>
    rows
      .map(({ person, project }) => t("teams.choice.of", { name: person.name, project: project.title }))
      .join(t("common.comma"));
  const lines = useRuleLines(rules);
  return (
    <details className="rounded-12 border border-solid-gray-420 p-4 md:px-6" open={concessions.length > 0}>
      <summary className="cursor-pointer font-bold">{t("teams.asked.title")}</summary>
      <ul className="flex list-disc flex-col gap-1 pt-3 pl-6">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {pins.length > 0 && <li>{t("teams.asked.pins", { people: people(pins) })}</li>}
        {forbids.length > 0 && <li>{t("teams.asked.forbids", { people: people(forbids) })}</li>}
        <li>{t("teams.form.upTo", { count: limit })}</li>
      </ul>
      {concessions.length > 0 && (
        <>
          <h2 className="pt-4 text-dns-16B-130">{t("teams.asked.concessions")}</h2>
          <ul className="flex list-disc flex-col gap-1 pt-2 pl-6">
            {concessions.map((one) => (
              <li key={one.text}>
                {one.rule_title}
                {t("common.colon")}
                {one.text}
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}

function useRuleLines(rules: TeamRules): string[] {
  const { t } = useTranslation();
  const lines = [
    t("teams.asked.must"),
    t("teams.asked.hours", { count: rules.hours_per_person }),
  ];
  if (rules.per_section !== null) lines.push(t("teams.asked.section", { count: rules.per_section }));
  if (rules.per_tier !== null) lines.push(t("teams.asked.tier", { count: rules.per_tier }));
  if (rules.learners > 0) lines.push(t("teams.asked.learners", { count: rules.learners }));
  if (rules.critical.length > 0) {
    lines.push(
      t("teams.asked.critical", {
        skills: rules.critical.map(({ title }) => title).join(t("common.comma")),
        count: rules.critical_holders,
      }),
    );
  }
  lines.push(t(rules.heed_refusals ? "teams.asked.refusals" : "teams.asked.noRefusals"));
  return lines;
}
