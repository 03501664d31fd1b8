import { expect, it } from "vitest";

import { sortLearning } from "./sortLearning";
import { row } from "./testing";

it.each([
  ["an assigned course", { source: "assigned" as const }, "toDo"],
  ["a chosen course", { source: "chosen" as const }, "toDo"],
  ["a mandatory course nobody has opened", { is_mandatory: true }, "toDo"],
  ["a course that is merely meant for me", {}, "available"],
  ["a completed mandatory course", { is_mandatory: true, completed_at: "2026-06-01T00:00:00Z" }, "done"],
] as const)("%s is in its list", (_, part, list) => {
  expect(sortLearning([row("a", part)])[list]).toHaveLength(1);
});

it("keeps the order of the server: most pressing first", () => {
  const rows = ["c", "a", "b"].map((key) => row(key, { source: "assigned" }));
  expect(sortLearning(rows).toDo.map(({ course }) => course.key)).toEqual(["c", "a", "b"]);
});
