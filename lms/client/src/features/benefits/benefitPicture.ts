/** Hours saved as bars, measured and expected beside each other, never one upon the other. */

import type { ChartOption, Look } from "../../components/chart/look";

/** Hours a year; null = of no project. */
export type SavedHours = { title: string; measured: number | null; forecast: number | null };

type Names = { measured: string; forecast: string; hours: string };

export function benefitOption(rows: readonly SavedHours[], names: Names, look: Look): ChartOption {
  const upwards = [...rows].reverse();
  return {
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "shadow" },
      valueFormatter: (value) =>
        typeof value === "number" ? `${value.toLocaleString()} ${names.hours}` : "–",
    },
    legend: { data: [names.measured, names.forecast] },
    grid: { left: 8, right: 32, top: 8, bottom: 48, containLabel: true },
    xAxis: {
      type: "value",
      axisLabel: { color: look.ink, fontSize: 14, hideOverlap: true },
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
    series: (["forecast", "measured"] as const).map((kind) => ({
      name: names[kind],
      type: "bar" as const,
      barMaxWidth: 14,
      itemStyle: { color: kind === "measured" ? look.key : (look.levels[2] ?? look.contrast) },
      data: upwards.map((row) => {
        const hours = row[kind];
        return hours === null ? null : Math.round(hours * 10) / 10;
      }),
    })),
  };
}
