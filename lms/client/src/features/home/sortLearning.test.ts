import { expect, it } from "vitest";

import type { LearningRow } from "../../api/contract";
import { sortLearning } from "./sortLearning";

const row = (key: string, part: Partial<LearningRow>): LearningRow => ({
  course: { key, title: key, summary: "", minutes: 30, iri: "" },
  source: "eligible",
  is_mandatory: false,
  due_on: null,
  is_overdue: false,
  progress: { done: 0, total: 4, fraction: 0 },
  started_at: null,
  completed_at: null,
  next_lesson_key: null,
  granted_lessons: 0,
  test_out_lesson_key: null,
  ...part,
});

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
