import type { CellQuery, RowsQuery } from "../../api/contract";

/** What a reader can set; each is a query parameter here and in the API, all text in the address. */
const WHOM = ["department", "tier", "role"] as const;
const WHAT = ["framework", "group"] as const;
export const CONDITIONS = [
  "competency",
  "level_is",
  "level",
  "gap",
  "expires_within",
  "older_than",
  "assurance",
] as const;
const SHOWN_AS = ["sort", "group_by", "collapse", "as_of", "compared_to"] as const;
export const SETTINGS = [...WHOM, ...WHAT, ...CONDITIONS, ...SHOWN_AS] as const;
export type Setting = (typeof SETTINGS)[number];
export type Changes = Partial<Record<Setting, string>>;

export const PAGE_SIZE = 100;

/** What to ask the API for an address of the matrix page: the first page of it. */
export function matrixQueryOf(search: URLSearchParams): RowsQuery {
  // The address holds text; what is not a value of the parameter the API refuses by itself.
  return { ...(settingsOf(search) as RowsQuery), page: 1, page_size: PAGE_SIZE };
}

/** The address after some settings were changed; empty ones are left out. */
export function withSettings(search: URLSearchParams, changes: Changes): URLSearchParams {
  const changed = new URLSearchParams(search);
  for (const [setting, value] of Object.entries(changes)) {
    if (value === "") changed.delete(setting);
    else changed.set(setting, value);
  }
  return changed;
}

/** The settings of an address and nothing else, in their own order: what a saved view keeps. */
export function viewOf(search: URLSearchParams): string {
  return new URLSearchParams(settingsOf(search)).toString();
}

export const FORMATS = ["xlsx", "csv", "csv-cp932", "json-file"] as const;
export type Format = (typeof FORMATS)[number];

/** Where the same people and columns can be had as a file; all pages. */
export function downloadAddress(search: URLSearchParams, format: Format): string {
  const query = new URLSearchParams({ ...settingsOf(search), format });
  return `/api/v1/skills/matrix/?${query.toString()}`;
}

/** The assurance asked for; undefined is the office's own rule. */
export function assuranceOf(search: URLSearchParams): CellQuery["assurance"] {
  const value = search.get("assurance");
  return value === null ? undefined : (Number(value) as CellQuery["assurance"]);
}

function settingsOf(search: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    SETTINGS.map((setting) => [setting, search.get(setting) ?? ""]).filter(([, value]) => value !== ""),
  ) as Record<string, string>;
}
