import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { CategoryStanding } from "../../api/contract";
import { Chart } from "../../components/chart/Chart";
import type { Look } from "../../components/chart/look";
import { useFormat } from "../../i18n/useFormat";
import { pictureHeight, standingOption } from "./radar";

type Props = { rows: CategoryStanding[]; asOf: string };

/** My levels against my targets, category by category, for each framework by itself. */
export function StandingCharts({ rows, asOf }: Props) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const frameworks = useMemo(() => byFramework(rows), [rows]);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="my-standing" className="flex flex-col gap-4">
      <h2 id="my-standing" className="text-std-22B-150">
        {t("mySkills.standing", { date: date(asOf) })}
      </h2>
      <p className="max-w-3xl text-solid-gray-700">{t("mySkills.standingHelp")}</p>
      <div className={`grid gap-8 ${frameworks.length > 1 ? "lg:grid-cols-2" : ""}`}>
        {frameworks.map((ofOne) => (
          <StandingChart key={ofOne[0]?.framework.key} rows={ofOne} />
        ))}
      </div>
    </section>
  );
}

/** In the order in which they appear. */
function byFramework(rows: CategoryStanding[]): CategoryStanding[][] {
  const keys = [...new Set(rows.map(({ framework }) => framework.key))];
  return keys.map((key) => rows.filter(({ framework }) => framework.key === key));
}

function StandingChart({ rows }: { rows: CategoryStanding[] }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const names = { level: t("mySkills.meanLevel"), target: t("mySkills.meanTarget") };
  const { level, target } = names;
  const option = useCallback(
    (look: Look) => standingOption(rows, { level, target }, look),
    [rows, level, target],
  );
  const told = rows.map((row) =>
    t("mySkills.categoryTold", {
      category: row.category.title,
      level: row.mean_level === null ? t("level.none") : number(row.mean_level, 2),
      target: number(row.mean_target, 2),
    }),
  );
  return (
      <Chart
        title={rows[0]?.framework.title ?? ""}
        description={told.join(t("common.comma"))}
        option={option}
        height={pictureHeight(rows)}
        table={{
          heads: [
            t("mySkills.category"),
            names.level,
            names.target,
            t("mySkills.withTarget"),
            t("mySkills.assessed"),
            t("mySkills.atTarget"),
          ],
          rows: rows.map((row) => ({
            name: row.category.title,
            values: [
              row.mean_level === null ? t("level.none") : number(row.mean_level, 2),
              number(row.mean_target, 2),
              String(row.with_target),
              String(row.assessed),
              String(row.at_target),
            ],
          })),
        }}
      />
  );
}
