/** Where the lines and columns of the grid are: all of one size, so that only a window is drawn. */

import type { MatrixGroup } from "../../api/contract";

export const LINE = 40;
export const GROUP_HEAD = 36;
export const FOOT_LINE = 28;

/** A line of the grid: the heading of a group, or the row with this number of all the pages. */
export type Line = { kind: "group"; group: number } | { kind: "row"; row: number };

/** Every line in order; of a folded group the heading alone. */
export function linesOf(count: number, groups: readonly MatrixGroup[], folded: ReadonlySet<number>): Line[] {
  const rowsFrom = (start: number, length: number) =>
    Array.from({ length }, (_, n): Line => ({ kind: "row", row: start + n }));
  if (groups.length === 0) return rowsFrom(0, count);
  return groups.flatMap((group, n): Line[] => [
    { kind: "group", group: n },
    ...(folded.has(n) ? [] : rowsFrom(group.start, group.count)),
  ]);
}

export type Span = { from: number; to: number };

/**
 * The items to draw for a view of `length` pixels from `start` on: [from, to). In steps, so that
 * scrolling a little draws nothing.
 */
export function spanOf(start: number, length: number, size: number, count: number, step: number): Span {
  const first = Math.floor(start / size / step) * step - step;
  const last = Math.ceil((start + length) / size / step) * step + step;
  return { from: Math.max(0, first), to: Math.min(count, last) };
}

/** The items of a span, and one more that must stay drawn because it has the focus. */
export function drawn({ from, to }: Span, kept: number | null): number[] {
  const items = Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
  return kept === null || (kept >= from && kept < to) ? items : [...items, kept];
}

/** The pages, from 1, that hold some of these lines. */
export function pagesOf(lines: readonly Line[], { from, to }: Span, pageSize: number): number[] {
  const pages = lines
    .slice(from, to)
    .flatMap((line) => (line.kind === "row" ? [Math.floor(line.row / pageSize) + 1] : []));
  return [...new Set(pages)];
}
