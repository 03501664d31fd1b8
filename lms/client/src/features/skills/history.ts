/** How many skills stood at each level, from the first step to today. */

import type { LevelCount } from "../../api/contract";
import type { ChartOption, Look } from "../../components/chart/look";

const DAY = 24 * 60 * 60 * 1000;
const APRIL = 3;

/** The beginnings of the fiscal years from the one the first day is in to the one of the last. */
export function yearStarts(first: string, last: string): number[] {
  const starts: number[] = [];
  for (let year = fiscalYear(first); year <= fiscalYear(last); year += 1) starts.push(Date.UTC(year, APRIL, 1));
  return starts;
}

function fiscalYear(day: string): number {
  const date = new Date(Date.parse(day));
  return date.getUTCMonth() >= APRIL ? date.getUTCFullYear() : date.getUTCFullYear() - 1;
}

type Names = { level: (level: number) => string; year: (year: number) => string; day: (day: string) => string };

/** Levels stand on each other, the lowest below; each holds from its day to the next. */
export function historyOption(counts: readonly LevelCount[], names: Names, look: Look): ChartOption {
  const [first, last] = [counts[0], counts.at(-1)];
  if (first === undefined || last === undefined) return {};
  const starts = yearStarts(first.on, last.on);
  const year = (moment: number) => new Date(moment).getUTCFullYear();
  return {
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "line", snap: true, label: { show: false } },
      formatter: (found) => {
        const shown = Array.isArray(found) ? found : [found];
        const [moment] = (shown[0]?.value ?? []) as number[];
        const lines = [...shown].reverse().map(({ seriesName, value }) => `${seriesName ?? ""}  ${String((value as number[])[1])}`);
        return [moment === undefined ? "" : names.day(new Date(moment).toISOString().slice(0, 10)), ...lines].join("\n");
      },
    },
    // An area of the legend shows the pattern of its level.
    legend: { icon: "rect" },
    grid: { left: 8, right: 24, top: 16, bottom: look.isNarrow ? 88 : 56, containLabel: true },
    xAxis: {
      type: "value",
      min: starts[0] ?? Date.parse(first.on),
      // A single day needs some width too.
      max: Math.max(Date.parse(last.on), (starts[0] ?? 0) + DAY),
      axisTick: { customValues: starts },
      axisLabel: {
        customValues: starts,
        color: look.ink,
        fontSize: look.isNarrow ? 12 : 14,
        align: "left",
        formatter: (moment: number) => names.year(year(moment)),
      },
      splitLine: { show: false },
    },
    yAxis: {
      type: "value",
      minInterval: 1,
      axisLabel: { color: look.ink, fontSize: 14 },
      splitLine: { lineStyle: { color: look.line } },
    },
    series: look.levels.map((color, level) => ({
      name: names.level(level),
      type: "line" as const,
      step: "end" as const,
      stack: "levels",
      symbol: "none",
      itemStyle: { color },
      lineStyle: { color: look.ink, width: 1 },
      areaStyle: { color, opacity: 1 },
      data: counts.map(({ on, levels }) => [Date.parse(on), levels[level] ?? 0]),
    })),
  };
}
