import type { LearningRow } from "../../api/contract";
import { sortLearning } from "./sortLearning";

/**
 * The one course to go on with: the most pressing if it is overdue, else the one last worked on, else
 * the most pressing. undefined: nothing is left to do.
 */
export function nextUp(rows: LearningRow[]): LearningRow | undefined {
  const { toDo } = sortLearning(rows);
  const [first] = toDo;
  if (first === undefined || first.is_overdue) return first;
  const lastAt = (row: LearningRow) => row.last_at ?? "";
  return toDo.reduce((best, row) => (lastAt(row) > lastAt(best) ? row : best), first);
}
