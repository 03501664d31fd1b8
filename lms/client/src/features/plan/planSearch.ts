import type { PlanQuery } from "../../api/contract";

export const DEFAULT_HOURS = 2;
export const MOST_HOURS = 40;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export type AimKind = "project" | "role";

/** What the page is about, as its address says; a value that cannot be meant is left out. */
export function planQueryOf(search: URLSearchParams, today: string): PlanQuery | null {
  const project = search.get("project") ?? "";
  const role = project === "" ? (search.get("role") ?? "") : "";
  if (project === "" && role === "") return null;
  const before = search.get("before") ?? "";
  return {
    ...(project === "" ? { role } : { project }),
    hours_per_week: hoursOf(search),
    ...(DAY.test(before) && before >= today && { before }),
  };
}

export function hoursOf(search: URLSearchParams): number {
  const hours = Number(search.get("hours_per_week") ?? DEFAULT_HOURS);
  return Number.isInteger(hours) && hours >= 1 && hours <= MOST_HOURS ? hours : DEFAULT_HOURS;
}

/** `project:RPA`, for a list in which both kinds stand; empty = none. */
export function aimOf(search: URLSearchParams): string {
  for (const kind of ["project", "role"] as const) {
    const key = search.get(kind) ?? "";
    if (key !== "") return `${kind}:${key}`;
  }
  return "";
}

/** The search of the page for what the form says. */
export function searchOf(aim: string, hours: string, before: string): URLSearchParams {
  const at = aim.indexOf(":");
  const search = new URLSearchParams({ [aim.slice(0, at)]: aim.slice(at + 1) });
  search.set("hours_per_week", hours);
  if (before !== "") search.set("before", before);
  return search;
}

/** The same page with another day or other hours. */
export function withChoice(
  search: URLSearchParams,
  name: "before" | "hours_per_week",
  value: string,
): URLSearchParams {
  const changed = new URLSearchParams(search);
  changed.set(name, value);
  return changed;
}

/** Mine, or that of a member for whoever may see their skills. */
export const planAddress = (kind: AimKind, key: string, staffNumber?: string) => {
  const whose = staffNumber === undefined ? "" : `/people/${encodeURIComponent(staffNumber)}`;
  return `${whose}/plan?${new URLSearchParams({ [kind]: key }).toString()}`;
};
