import { expect, it } from "vitest";

import type { PathNode } from "../../api/contract";
import { lineBetween, stagesOf } from "./drawing";

const node = (key: string, stage: number): PathNode => ({
  course: { key, title: key, minutes: 30 },
  stage,
  state: "open",
  is_optional: false,
  locked_by: [],
  is_mandatory: false,
  due_on: null,
  is_overdue: false,
  progress: null,
  completed_at: null,
  next_lesson_key: null,
});

it("groups the courses by stage and keeps their order", () => {
  const stages = stagesOf([node("a", 0), node("c", 0), node("b", 1)]);
  expect(stages.map((stage) => stage.map(({ course }) => course.key))).toEqual([["a", "c"], ["b"]]);
});

it("has no stage for a path without courses", () => {
  expect(stagesOf([])).toEqual([]);
});

it("crosses the gap to a card on the right, and stops before it for the arrow head", () => {
  const line = lineBetween(
    { left: 0, right: 100, top: 0, bottom: 40 },
    { left: 160, right: 260, top: 60, bottom: 100 },
  );
  expect(line).toBe("M100 20 C130 20 130 80 154 80");
});

it("runs round the left side to a card below", () => {
  const line = lineBetween(
    { left: 40, right: 300, top: 0, bottom: 40 },
    { left: 40, right: 300, top: 100, bottom: 140 },
  );
  expect(line).toMatch(/^M40 20 C20 /);
  expect(line).toMatch(/ 34 120$/);
});
