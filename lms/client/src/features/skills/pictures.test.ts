import { describe, expect, it } from "vitest";

import type { CategoryStanding } from "../../api/contract";
import type { Look } from "../../components/chart/look";
import { historyOption, yearStarts } from "./history";
import { isRadar, standingOption, wrapped } from "./radar";

const LOOK: Look = {
  font: "",
  ink: "#333333",
  line: "#cccccc",
  key: "#0017c1",
  contrast: "#c74700",
  levels: ["#1", "#2", "#3", "#4", "#5"],
  isNarrow: false,
  isStill: true,
};

const standings = (count: number): CategoryStanding[] =>
  Array.from({ length: count }, (_, n) => ({
    category: { key: String(n), title: `分野${String(n)}` },
    framework: { key: "F", title: "体系" },
    with_target: 2,
    assessed: n === 0 ? 0 : 1,
    at_target: 0,
    mean_level: n === 0 ? null : 1.005,
    mean_target: 2,
  }));

describe("levels against targets", () => {
  it.each([
    [2, false],
    [3, true],
    [12, true],
    [13, false],
  ])("of %s categories is a radar: %s", (count, expected) => {
    const rows = standings(count);
    expect(isRadar(rows)).toBe(expected);
    expect("radar" in standingOption(rows, { level: "l", target: "t" }, LOOK)).toBe(expected);
  });

  it("draws each category once, the first bar on top", () => {
    const { series } = standingOption(standings(13), { level: "l", target: "t" }, LOOK);
    expect(series).toMatchObject([{ name: "t" }, { name: "l" }]);
    const [, levels] = series as { data: number[] }[];
    expect(levels?.data).toHaveLength(13);
    expect(levels?.data.at(-1)).toBe(0);
  });
});

it.each([
  ["留意点", "留意点"],
  ["活用事例・利用方法", "活用事例・利用方法"],
  ["戦略・マネジメント・システム", "戦略・\nマネジメント・\nシステム"],
  ["セキュリティマネジメント", "セキュリティ\nマネジメント"],
  ["Why（DXの背景）", "Why\n（DXの背景）"],
  ["Communication skills", "Communication\nskills"],
])("%s is written as %j", (name, lines) => {
  expect(wrapped(name, 9)).toBe(lines);
});

describe("levels over the years", () => {
  it.each([
    ["2024-03-31", "2024-04-01", ["2023-04-01", "2024-04-01"]],
    ["2026-11-30", "2026-11-30", ["2026-04-01"]],
  ])("from %s to %s marks the fiscal years", (first, last, marks) => {
    expect(yearStarts(first, last).map((at) => new Date(at).toISOString().slice(0, 10))).toEqual(marks);
  });

  it("has an area for each level with the count of each day", () => {
    const counts = [
      { on: "2025-06-01", levels: [0, 2, 1, 0, 0] },
      { on: "2026-11-30", levels: [0, 1, 2, 0, 0] },
    ];
    const names = { level: String, year: String, day: String };
    const series = historyOption(counts, names, LOOK).series as { name: string; data: number[][] }[];
    expect(series.map(({ name }) => name)).toEqual(["0", "1", "2", "3", "4"]);
    expect(series.map(({ data }) => data.map(([, count]) => count))).toEqual([
      [0, 0],
      [2, 1],
      [1, 2],
      [0, 0],
      [0, 0],
    ]);
  });

  it("is empty without any", () => {
    expect(historyOption([], { level: String, year: String, day: String }, LOOK)).toEqual({});
  });
});
