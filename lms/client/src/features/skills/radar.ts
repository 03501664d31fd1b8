/** Levels against targets as a picture: a radar, or bars where there are too many or too few axes. */

import type { CategoryStanding } from "../../api/contract";
import type { ChartOption, Look } from "../../components/chart/look";

const HIGHEST = 4;
const FEWEST_AXES = 3;
const MOST_AXES = 12;
const LONGEST_LINE = { wide: 9, narrow: 6 };

type Names = { level: string; target: string };

export function isRadar(rows: readonly CategoryStanding[]): boolean {
  return rows.length >= FEWEST_AXES && rows.length <= MOST_AXES;
}

/** In CSS pixels. */
export function pictureHeight(rows: readonly CategoryStanding[]): number {
  return isRadar(rows) ? 460 : 96 + rows.length * 56;
}

export function standingOption(rows: readonly CategoryStanding[], names: Names, look: Look): ChartOption {
  return isRadar(rows) ? radarOption(rows, names, look) : barsOption(rows, names, look);
}

function radarOption(rows: readonly CategoryStanding[], names: Names, look: Look): ChartOption {
  return {
    // Dashes and signs tell the two apart.
    aria: { enabled: false },
    tooltip: { trigger: "item" },
    legend: {
      data: [
        { name: names.level, icon: "circle" },
        { name: names.target, icon: "diamond" },
      ],
      itemWidth: 14,
    },
    radar: {
      center: ["50%", "49%"],
      radius: look.isNarrow ? "46%" : "60%",
      splitNumber: HIGHEST,
      indicator: rows.map(({ category }) => ({
        name: wrapped(category.title, look.isNarrow ? LONGEST_LINE.narrow : LONGEST_LINE.wide),
        max: HIGHEST,
        min: 0,
      })),
      axisName: { color: look.ink, fontSize: look.isNarrow ? 12 : 14, lineHeight: 18 },
      axisLine: { lineStyle: { color: look.line } },
      splitLine: { lineStyle: { color: look.line } },
      splitArea: { show: false },
    },
    series: [
      {
        type: "radar",
        data: [
          {
            name: names.target,
            value: rows.map(({ mean_target: target }) => rounded(target)),
            symbol: "emptyDiamond",
            symbolSize: 9,
            lineStyle: { color: look.contrast, width: 2, type: "dashed" },
            itemStyle: { color: look.contrast },
          },
          {
            name: names.level,
            value: rows.map(({ mean_level: level }) => rounded(level ?? 0)),
            symbol: "circle",
            symbolSize: 8,
            lineStyle: { color: look.key, width: 3 },
            itemStyle: { color: look.key },
            areaStyle: { color: look.key, opacity: 0.12 },
          },
        ],
      },
    ],
  };
}

function barsOption(rows: readonly CategoryStanding[], names: Names, look: Look): ChartOption {
  // The first category is on top.
  const upwards = [...rows].reverse();
  return {
    tooltip: { trigger: "axis" },
    grid: { left: 8, right: 24, top: 8, bottom: 64, containLabel: true },
    xAxis: {
      type: "value",
      min: 0,
      max: HIGHEST,
      interval: 1,
      axisLabel: { color: look.ink, fontSize: 14 },
      splitLine: { lineStyle: { color: look.line } },
    },
    yAxis: {
      type: "category",
      data: upwards.map(({ category }) => category.title),
      axisLabel: { color: look.ink, fontSize: look.isNarrow ? 12 : 14, width: look.isNarrow ? 96 : 220, overflow: "break" },
      axisTick: { show: false },
    },
    series: [
      {
        name: names.target,
        type: "bar",
        barMaxWidth: 16,
        itemStyle: { color: look.contrast },
        data: upwards.map(({ mean_target: target }) => rounded(target)),
      },
      {
        name: names.level,
        type: "bar",
        barMaxWidth: 16,
        itemStyle: { color: look.key },
        data: upwards.map(({ mean_level: level }) => rounded(level ?? 0)),
      },
    ],
  };
}

/** As the table shows it. */
function rounded(mean: number): number {
  return Math.round(mean * 100) / 100;
}

/** Long names in several lines: at the signs that part them, else in equal pieces. */
export function wrapped(name: string, longest: number): string {
  const lines: string[] = [];
  for (const part of name.split(/(?<=[・、\s])|(?=（)/u)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length <= longest) lines[lines.length - 1] = last + part;
    else lines.push(...pieces(part, longest));
  }
  return lines.map((line) => line.trimEnd()).join("\n");
}

/** A word of another script is never cut. */
function pieces(part: string, longest: number): string[] {
  if (part.length <= longest || /^[\x20-\x7e]+$/.test(part)) return [part];
  const size = Math.ceil(part.length / Math.ceil(part.length / longest));
  return part.match(new RegExp(`.{1,${String(size)}}`, "gu")) ?? [part];
}
