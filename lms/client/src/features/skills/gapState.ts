import type { NeedStatus } from "../../api/contract";

export type GapState = NeedStatus | "none";

/** How a level stands to its target; "none" where nobody set one. */
export function gapState(gap: number | null): GapState {
  if (gap === null) return "none";
  if (gap <= 0) return "met";
  return gap === 1 ? "one_short" : "lacking";
}

/** The same for a cell of the matrix, where not knowing is told from knowing that it is little. */
export function cellState(level: number | null, gap: number | null): GapState | "unassessed" {
  const state = gapState(gap);
  return level === null && state !== "none" && state !== "met" ? "unassessed" : state;
}
