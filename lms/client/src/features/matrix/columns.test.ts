import { expect, it } from "vitest";

import { columnGroups } from "./columns";

const competency = (key: string, group: string | null) => ({
  key,
  title: key,
  group: group === null ? null : { key: group, title: group },
  framework_key: "dss",
  size: 1,
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
