import type { CoverageQuery, ExpiringQuery, UnitQuery } from "../../api/contract";

/** What the pages can be narrowed by; each is a query parameter here and in the API. */
export const REASONS = [
  "short_now",
  "short_after_leavings",
  "short_after_expiries",
  "single_holder",
] as const;
export const KINDS = ["process", "project", "section"] as const;
export const HORIZONS = [30, 90, 180, 365] as const;
export type CoverageFilter =
  "department" | "kind" | "reason" | "horizon" | "as_of" | "only_targets";

const HORIZON = 180;
const PAGE_SIZE = 50;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const oneOf = <T extends string>(values: readonly T[], asked: string | null): T | undefined =>
  values.find((value) => value === asked);

export function horizonOf(search: URLSearchParams): number {
  return HORIZONS.find((days) => String(days) === search.get("horizon")) ?? HORIZON;
}

function pageOf(search: URLSearchParams): number {
  const page = Math.trunc(Number(search.get("page")));
  return page >= 1 ? page : 1;
}

/** The day and the horizon, for a unit's own page. */
export function unitQueryOf(search: URLSearchParams): UnitQuery {
  const day = search.get("as_of") ?? "";
  return { horizon: horizonOf(search), ...(DAY.test(day) && { as_of: day }) };
}

/** What to ask the API for an address of the page; a value that does not exist is left out. */
export function coverageQueryOf(search: URLSearchParams): CoverageQuery {
  const department = search.get("department") ?? "";
  const kind = oneOf(KINDS, search.get("kind"));
  const reason = oneOf(REASONS, search.get("reason"));
  return {
    ...unitQueryOf(search),
    page: pageOf(search),
    page_size: PAGE_SIZE,
    ...(department !== "" && { department }),
    ...(kind !== undefined && { kind }),
    ...(reason !== undefined && { reason }),
  };
}

export function expiringQueryOf(search: URLSearchParams): ExpiringQuery {
  const department = search.get("department") ?? "";
  return {
    horizon: horizonOf(search),
    page: pageOf(search),
    page_size: PAGE_SIZE,
    ...(department !== "" && { department }),
    ...(search.get("only_targets") === "true" && { only_targets: true }),
  };
}

/** The address after one filter was changed: back on the first page, empty filters left out. */
export function withFilter(
  search: URLSearchParams,
  filter: CoverageFilter,
  value: string,
): URLSearchParams {
  const changed = new URLSearchParams(search);
  changed.delete("page");
  if (value === "") changed.delete(filter);
  else changed.set(filter, value);
  return changed;
}

/** Where the same can be had as a file: the risks, or every need. */
export function coverageFile(search: URLSearchParams, list: "risks" | "coverage"): string {
  const query = new URLSearchParams({ list, format: "csv" });
  for (const [name, value] of Object.entries(coverageQueryOf(search))) query.set(name, String(value));
  query.delete("page");
  query.delete("page_size");
  return `/api/v1/skills/coverage/?${query.toString()}`;
}

/** A unit's page. It takes the filters along, so that the way back leads to the same list. */
export function unitAddress(unit: { kind: string; key: string }, search: URLSearchParams): string {
  const query = search.toString();
  return `/coverage/${unit.kind}/${unit.key}${query === "" ? "" : `?${query}`}`;
}
