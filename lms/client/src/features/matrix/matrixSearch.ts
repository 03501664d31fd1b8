import type { MatrixQuery } from "../../api/contract";

/** The filters a reader can set; each is a query parameter here and in the API. */
export const FILTERS = ["department", "tier", "role", "framework", "group", "as_of"] as const;
export type Filter = (typeof FILTERS)[number];

const PAGE_SIZE = 50;

/** What to ask the API for an address of the matrix page. */
export function matrixQueryOf(search: URLSearchParams): MatrixQuery {
  const page = Math.trunc(Number(search.get("page")));
  return { ...filtersOf(search), page: page >= 1 ? page : 1, page_size: PAGE_SIZE };
}

/** The address after one filter was changed: back on the first page, empty filters left out. */
export function withFilter(search: URLSearchParams, filter: Filter, value: string): URLSearchParams {
  const changed = new URLSearchParams(search);
  changed.delete("page");
  if (value === "") changed.delete(filter);
  else changed.set(filter, value);
  return changed;
}

/** Where the same people and columns can be had as a file; all pages. */
export function downloadAddress(search: URLSearchParams, format: "csv" | "xlsx"): string {
  const query = new URLSearchParams({ ...filtersOf(search), format });
  return `/api/v1/skills/matrix/?${query.toString()}`;
}

function filtersOf(search: URLSearchParams): Partial<Record<Filter, string>> {
  return Object.fromEntries(
    FILTERS.map((filter) => [filter, search.get(filter) ?? ""]).filter(([, value]) => value !== ""),
  ) as Partial<Record<Filter, string>>;
}
