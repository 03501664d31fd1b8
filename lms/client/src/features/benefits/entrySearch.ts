import type { EntryQuery } from "../../api/contract";

const PAGE_SIZE = 50;

/** What to ask the API for an address of the entries; a value that does not exist is left out. */
export function entryQueryOf(search: URLSearchParams): EntryQuery {
  const measure = search.get("measure") ?? "";
  const department = search.get("department") ?? "";
  const year = Math.trunc(Number(search.get("fiscal_year")));
  const page = Math.trunc(Number(search.get("page")));
  return {
    kind: search.get("kind") === "forecast" ? "forecast" : "measured",
    page: page >= 1 ? page : 1,
    page_size: PAGE_SIZE,
    ...(measure !== "" && { measure }),
    ...(department !== "" && { department }),
    ...(year >= 1900 && year <= 9999 && { fiscal_year: year }),
  };
}
