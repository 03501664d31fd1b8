/** Where the ledger's pages are. */

import type { EntryQuery } from "../../api/contract";

export const BENEFITS = "/benefits";
export const CHAIN = `${BENEFITS}/chain`;
export const ENTRIES = `${BENEFITS}/entries`;

/** Of the projects that belong to no one department, in the API and in addresses. */
export const NO_DEPARTMENT = "-";

export const yearAddress = (year: number) => `${CHAIN}/${String(year)}`;

/** What a number of the ledger adds up. */
export function entriesAddress(query: EntryQuery): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) search.set(name, String(value));
  return `${ENTRIES}?${search.toString()}`;
}
