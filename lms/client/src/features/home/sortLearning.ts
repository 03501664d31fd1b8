import type { LearningRow } from "../../api/contract";

export type SortedLearning = Record<"toDo" | "available" | "done", LearningRow[]>;

/** The three lists of the home page, each in the order the server gave: most pressing first. */
export function sortLearning(rows: LearningRow[]): SortedLearning {
  const lists: SortedLearning = { toDo: [], available: [], done: [] };
  for (const row of rows) lists[listOf(row)].push(row);
  return lists;
}

function listOf(row: LearningRow): keyof SortedLearning {
  if (row.completed_at !== null) return "done";
  const isMine = row.source !== "eligible" || row.is_mandatory || row.started_at !== null;
  return isMine ? "toDo" : "available";
}
