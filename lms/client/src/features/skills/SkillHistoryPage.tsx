import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import type { SkillTrend } from "../../api/contract";
import { Chart } from "../../components/chart/Chart";
import type { Look } from "../../components/chart/look";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { useFormat, useLanguage } from "../../i18n/useFormat";
import { longDate } from "../../i18n/dates";
import { historyOption } from "./history";
import { MySkillsNav } from "./MySkillsNav";
import { trendQuery } from "./queries";
import { StepList } from "./StepList";

const LEVELS = [0, 1, 2, 3, 4];

/** How my levels came to be: the number at each level over the years, and each step's cause. */
export function SkillHistoryPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(trendQuery);
  return (
    <>
      <PageHeading title={t("history.title")}>
        <p className="max-w-3xl">{t("history.intro")}</p>
      </PageHeading>
      <MySkillsNav />
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={5} />
      ) : data.steps.length === 0 ? (
        <EmptyState>{t("history.empty")}</EmptyState>
      ) : (
        <>
          <Counts counts={data.counts} />
          <StepList steps={data.steps} />
        </>
      )}
    </>
  );
}

function Counts({ counts }: Pick<SkillTrend, "counts">) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const language = useLanguage();
  const option = useCallback(
    (look: Look) =>
      historyOption(
        counts,
        {
          level: (level) => t("level.number", { level }),
          year: (year) => t("matrix.fiscalYear", { year }),
          day: (day) => longDate(day, language),
        },
        look,
      ),
    [counts, t, language],
  );
  const [first, last] = [counts[0], counts.at(-1)];
  if (first === undefined || last === undefined) return null;
  const sum = (levels: number[]) => levels.reduce((total, count) => total + count, 0);
  return (
    <section aria-labelledby="my-counts" className="flex flex-col gap-3">
      <h2 id="my-counts" className="text-std-22B-150">
        {t("history.counts")}
      </h2>
      <p className="max-w-3xl text-solid-gray-700">{t("history.countsHelp")}</p>
      <Chart
        title={t("history.countsTitle")}
        description={t("history.countsTold", {
          from: date(first.on),
          first: sum(first.levels),
          until: date(last.on),
          last: sum(last.levels),
          each: LEVELS.map((level) =>
            t("history.atLevel", { level, count: last.levels[level] ?? 0 }),
          ).join(t("common.comma")),
        })}
        option={option}
        height={400}
        table={{
          heads: [t("history.day"), ...LEVELS.map((level) => t("level.number", { level })), t("history.total")],
          rows: [...counts].reverse().map(({ on, levels }) => ({
            name: date(on),
            values: [...levels, sum(levels)].map(String),
          })),
        }}
      />
    </section>
  );
}
