import { expect, it } from "vitest";

import type { LearningRow } from "../../api/contract";
import { nextUp } from "./nextUp";
import { row } from "./testing";

const assigned = (key: string, part: Partial<LearningRow> = {}) =>
  row(key, { source: "assigned", ...part });
const MONDAY = "2026-11-23T01:00:00Z";
const TUESDAY = "2026-11-24T01:00:00Z";

it.each([
  ["what was last worked on", [assigned("a"), assigned("b", { last_at: TUESDAY }), assigned("c", { last_at: MONDAY })], "b"],
  ["what is overdue before anything else", [assigned("a", { is_overdue: true }), assigned("b", { last_at: TUESDAY })], "a"],
  ["the most pressing where nothing was begun", [assigned("a"), assigned("b")], "a"],
  ["never what is done", [assigned("a"), assigned("b", { last_at: TUESDAY, completed_at: TUESDAY })], "a"],
  ["never what is merely offered", [row("a", {}), assigned("b")], "b"],
])("is %s", (_, rows, key) => {
  expect(nextUp(rows)?.course.key).toBe(key);
});

it("is nothing where nothing is left to do", () => {
  expect(nextUp([row("a", {}), assigned("b", { completed_at: MONDAY })])).toBeUndefined();
});
