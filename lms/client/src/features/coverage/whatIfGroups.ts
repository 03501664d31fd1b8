import type { CoverageChange } from "../../api/contract";

/** The changes of one unit; there is always one. */
export type UnitRows = [CoverageChange, ...CoverageChange[]];

export const keyOf = ({ kind, key }: CoverageChange["unit"]) => `${kind} ${key}`;

/** The changes by unit. They come with the worst first, and so do the units by their worst. */
export function byUnit(changes: readonly CoverageChange[]): UnitRows[] {
  const groups = new Map<string, UnitRows>();
  for (const change of changes) {
    const rows = groups.get(keyOf(change.unit));
    if (rows === undefined) groups.set(keyOf(change.unit), [change]);
    else rows.push(change);
  }
  return [...groups.values()];
}
