import type { BoardQuery } from "../../api/contract";

/** What the board can be narrowed by; each is a query parameter here and in the API. */
export type BoardFilter = "measure" | "department" | "whose";

export const WHOSE = ["all", "mine", "my_turn"] as const;

export function whoseOf(search: URLSearchParams): (typeof WHOSE)[number] {
  return WHOSE.find((value) => value === search.get("whose")) ?? "all";
}

/** What to ask the API for an address of the board; a value that does not exist is left out. */
export function boardQueryOf(search: URLSearchParams): BoardQuery {
  const whose = whoseOf(search);
  const measure = search.get("measure") ?? "";
  const department = search.get("department") ?? "";
  return {
    ...(measure !== "" && { measure }),
    ...(department !== "" && { department }),
    ...(whose !== "all" && { whose }),
  };
}

/** The address after one filter was changed; empty filters are left out. */
export function withFilter(
  search: URLSearchParams,
  filter: BoardFilter,
  value: string,
): URLSearchParams {
  const changed = new URLSearchParams(search);
  if (value === "" || value === "all") changed.delete(filter);
  else changed.set(filter, value);
  return changed;
}
