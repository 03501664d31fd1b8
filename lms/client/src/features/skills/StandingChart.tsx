import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import type { CategoryStanding } from "../../api/contract";
import { Chart } from "../../components/chart/Chart";
import type { Look } from "../../components/chart/look";
import { useFormat } from "../../i18n/useFormat";
import { pictureHeight, standingOption } from "./radar";

type Props = { rows: CategoryStanding[]; asOf: string };

/** My levels against my targets, category by category. */
export function StandingChart({ rows, asOf }: Props) {
  const { t } = useTranslation();
  const { date, number } = useFormat();
  const names = { level: t("mySkills.meanLevel"), target: t("mySkills.meanTarget") };
  const { level, target } = names;
  const option = useCallback(
    (look: Look) => standingOption(rows, { level, target }, look),
    [rows, level, target],
  );
  if (rows.length === 0) return null;
  const told = rows.map((row) =>
    t("mySkills.categoryTold", {
      category: row.category.title,
      level: row.mean_level === null ? t("level.none") : number(row.mean_level, 2),
      target: number(row.mean_target, 2),
    }),
  );
  return (
    <section aria-labelledby="my-standing" className="flex flex-col gap-3">
      <h2 id="my-standing" className="text-std-22B-150">
        {t("mySkills.standing")}
      </h2>
      <p className="max-w-3xl text-solid-gray-700">{t("mySkills.standingHelp")}</p>
      <Chart
        title={t("mySkills.standingTitle", { date: date(asOf) })}
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
    </section>
  );
}
