import { expect, it } from "vitest";

import type { CoverageChange } from "../../api/contract";
import { byUnit } from "./whatIfGroups";

const change = (kind: "section" | "process", key: string, level: number): CoverageChange => ({
  unit: { kind, key, title: key, department: { key: "d", title: "d" } },
  competency: { key: "K1", title: "K1" },
  level,
  change: "falls",
  needed_before: 1,
  needed: 1,
  holders_before: 1,
  holders: 0,
  shortage_before: 0,
  shortage: 1,
});

it("puts the changes of a unit together, the unit with the worst first", () => {
  const groups = byUnit([
    change("process", "b", 3),
    change("section", "a", 2),
    change("process", "b", 1),
    change("process", "a", 1),
  ]);
  expect(groups.map(([{ unit }, ...rest]) => [unit.kind, unit.key, rest.length + 1])).toEqual([
    ["process", "b", 2],
    ["section", "a", 1],
    ["process", "a", 1],
  ]);
});

it("has nothing of nothing", () => {
  expect(byUnit([])).toEqual([]);
});
