import { expect, it } from "vitest";

import type { SkillRow } from "../../api/contract";
import { cellState, gapState } from "./gapState";
import { groupSkills } from "./groupSkills";

const row = (key: string, framework: string, group: string | null): SkillRow => ({
  competency: {
    key,
    title: key,
    group: group === null ? null : { key: group, title: group },
    framework: { key: framework, title: framework },
  },
  level: null,
  self_level: null,
  target: null,
  gap: null,
  since: null,
  expires_at: null,
  source: null,
  closing_course: null,
  is_taking: false,
  closing_project: null,
  raise_otherwise: "",
});

it("groups by framework, then by group, in the order met", () => {
  const grouped = groupSkills([
    row("a", "dss", "data"),
    row("b", "office", null),
    row("c", "dss", "design"),
    row("d", "dss", "data"),
  ]);
  expect(
    grouped.map(({ framework, groups }) => [
      framework.key,
      groups.map(({ group, rows }) => [group?.key ?? null, rows.map((r) => r.competency.key)]),
    ]),
  ).toEqual([
    ["dss", [["data", ["a", "d"]], ["design", ["c"]]]],
    ["office", [[null, ["b"]]]],
  ]);
});

it.each([
  [null, "none"],
  [0, "met"],
  [1, "one_short"],
  [2, "lacking"],
  [4, "lacking"],
])("a gap of %s is %s", (gap, state) => {
  expect(gapState(gap)).toBe(state);
});

it.each([
  [null, 2, "unassessed"],
  [0, 2, "lacking"],
  [null, null, "none"],
  [null, 0, "met"],
])("a cell with level %s and gap %s is %s", (level, gap, state) => {
  expect(cellState(level, gap)).toBe(state);
});
