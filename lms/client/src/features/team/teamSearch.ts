import type { DutyQuery } from "../../api/contract";

/** What a reader can narrow by; each is a query parameter here and in the API. */
export const STATES = ["all", "overdue", "to_do", "done"] as const;
export type TeamFilter = "state" | "department" | "course" | "person";

const NARROWING = ["department", "course", "person"] as const;
const PAGE_SIZE = 50;

/** What to ask the API for an address of the page; a state that does not exist is all of them. */
export function dutyQueryOf(search: URLSearchParams): DutyQuery {
  const page = Math.trunc(Number(search.get("page")));
  const state = STATES.find((item) => item === search.get("state")) ?? "all";
  return { ...narrowingOf(search), state, page: page >= 1 ? page : 1, page_size: PAGE_SIZE };
}

/** The same without state and page: what the sums are of. */
export function narrowingOf(search: URLSearchParams): Pick<DutyQuery, (typeof NARROWING)[number]> {
  return Object.fromEntries(
    NARROWING.map((name) => [name, search.get(name) ?? ""]).filter(([, value]) => value !== ""),
  ) as Pick<DutyQuery, (typeof NARROWING)[number]>;
}

/** The address after one filter was changed: back on the first page, empty filters left out. */
export function withTeamFilter(
  search: URLSearchParams,
  filter: TeamFilter,
  value: string,
): URLSearchParams {
  const changed = new URLSearchParams(search);
  changed.delete("page");
  if (value === "") changed.delete(filter);
  else changed.set(filter, value);
  return changed;
}

/** Where the same list can be had as a file; all pages. */
export function dutiesFile(search: URLSearchParams): string {
  const { state = "all" } = dutyQueryOf(search);
  const query = new URLSearchParams({ ...narrowingOf(search), state, format: "csv" });
  return `/api/v1/oversight/duties/?${query.toString()}`;
}
