import type { LearningRow } from "../../api/contract";

/** A row of my courses for tests: merely meant for me unless something is said. */
export const row = (key: string, part: Partial<LearningRow>): LearningRow => ({
  course: { key, title: key, summary: "", minutes: 30, iri: "" },
  source: "eligible",
  is_mandatory: false,
  due_on: null,
  is_overdue: false,
  progress: { done: 0, total: 4, fraction: 0 },
  started_at: null,
  last_at: null,
  completed_at: null,
  next_lesson_key: null,
  next_lesson: null,
  locked_by: [],
  granted_lessons: 0,
  test_out_lesson_key: null,
  ...part,
});
