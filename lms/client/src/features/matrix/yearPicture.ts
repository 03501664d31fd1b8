/** Shares of those at target as bars, two for each unit. */

import type { ChartOption, Look } from "../../components/chart/look";

/** A fraction; null = nobody has a target there. */
export type UnitShares = { title: string; start: number | null; end: number | null };

type Names = { start: string; end: string };

export function yearOption(units: readonly UnitShares[], names: Names, look: Look): ChartOption {
  // The first unit, all together, is on top, and in each the beginning above the end.
  const upwards = [...units].reverse();
  const percent = (share: number | null) => (share === null ? null : Math.round(share * 100));
  return {
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (value) => (typeof value === "number" ? `${String(value)}%` : "–") },
    legend: { data: [names.start, names.end] },
    grid: { left: 8, right: 32, top: 8, bottom: 48, containLabel: true },
    xAxis: {
      type: "value",
      min: 0,
      max: 100,
      axisLabel: { color: look.ink, fontSize: 14, formatter: "{value}%", hideOverlap: true },
      splitLine: { lineStyle: { color: look.line } },
    },
    yAxis: {
      type: "category",
      data: upwards.map(({ title }) => title),
      axisTick: { show: false },
      axisLabel: {
        color: look.ink,
        fontSize: look.isNarrow ? 12 : 14,
        width: look.isNarrow ? 96 : 200,
        overflow: "break",
        interval: 0,
      },
    },
    // Bars are laid out from below.
    series: (["end", "start"] as const).map((at) => ({
      name: names[at],
      type: "bar" as const,
      barMaxWidth: 14,
      itemStyle: { color: at === "start" ? (look.levels[2] ?? look.key) : look.key },
      data: upwards.map((unit) => percent(unit[at])),
    })),
  };
}
