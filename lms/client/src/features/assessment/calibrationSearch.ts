import type { DifferenceQuery } from "../../api/contract";

export const LEAST = [1, 2, 3, 0] as const;
const PAGE_SIZE = 50;

/** What an address of the page asks for; a value that does not exist is left out. */
export function differenceQueryOf(search: URLSearchParams): DifferenceQuery {
  const department = search.get("department") ?? "";
  const page = Math.trunc(Number(search.get("page")));
  return {
    at_least: LEAST.find((levels) => String(levels) === search.get("at_least")) ?? LEAST[0],
    page: page >= 1 ? page : 1,
    page_size: PAGE_SIZE,
    ...(department !== "" && { department }),
  };
}

/** Whose level in what is explained over the page; null = nobody's. */
export function explainedIn(search: URLSearchParams): { staffNumber: string; competency: string } | null {
  const [staffNumber = "", competency = ""] = (search.get("cell") ?? "").split(":");
  return staffNumber !== "" && competency !== "" ? { staffNumber, competency } : null;
}

/** The address with one thing changed; "" = without it. A filter leads back to the first page. */
export function withChange(search: URLSearchParams, name: string, value: string): URLSearchParams {
  const changed = new URLSearchParams(search);
  if (name === "department" || name === "at_least") changed.delete("page");
  if (value === "") changed.delete(name);
  else changed.set(name, value);
  return changed;
}
