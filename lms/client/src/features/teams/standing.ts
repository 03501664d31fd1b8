import type { CompositionRow } from "../../api/contract";

/** Whether a better answer may still come. */
export const isUnderWay = (row: Pick<CompositionRow, "is_final" | "has_failed">): boolean =>
  !row.is_final && !row.has_failed;

/** What the state of a composition is called. `percent` where the distance from the bound is told. */
export function stateOf(row: Pick<CompositionRow, "status" | "is_final" | "has_failed">) {
  if (row.has_failed) return { text: "teams.state.failed", tone: "error" } as const;
  switch (row.status) {
    case "optimal":
      return { text: "teams.state.optimal", tone: "success" } as const;
    case "within":
      return { text: "teams.state.within", tone: row.is_final ? "key" : "neutral" } as const;
    case "greedy":
      return { text: "teams.state.greedy", tone: "warning" } as const;
    case "impossible":
      return { text: "teams.state.impossible", tone: "error" } as const;
    case "waiting":
      return { text: "teams.state.waiting", tone: "neutral" } as const;
  }
}
