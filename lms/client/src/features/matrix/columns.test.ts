import { expect, it } from "vitest";

import { cellsByColumn, columnGroups } from "./columns";

const competency = (key: string, group: string | null) => ({
  key,
  title: key,
  group: group === null ? null : { key: group, title: group },
  framework_key: "dss",
});

it("puts neighbours of one group under one heading", () => {
  const groups = columnGroups([
    competency("a", "x"),
    competency("b", "x"),
    competency("c", null),
    competency("d", "x"),
  ]);
  expect(groups.map(({ group, start, span }) => [group?.key ?? null, start, span])).toEqual([
    ["x", 0, 2],
    [null, 2, 1],
    ["x", 3, 1],
  ]);
});

it("a column without a cell was never assessed and has no target", () => {
  const cell = { c: 1, level: 2, target: 3, gap: 1, since: null, expires_at: null };
  const person = {
    staff_number: "1",
    name: "",
    kana: "",
    department: { key: "d1", title: "情報政策課" },
    tier: null,
    roles: [],
    cells: [cell],
  };
  const [first, second] = cellsByColumn(person, 2);
  expect(first).toMatchObject({ level: null, target: null, gap: null });
  expect(second).toEqual(cell);
});
