import type { Baseline } from "../../api/contract";

/** What the figures of a project's starting point add up to; rates are fractions. */
export type BaselineFigure =
  | { kind: "change"; before: number; after: number; rate: number | null }
  | { kind: "share"; now: number; total: number; rate: number | null }
  | { kind: "now"; now: number };

/** null: the source gives no figures. A rate above 0 is a reduction, below 0 a rise. */
export function baselineFigure(baseline: Baseline): BaselineFigure | null {
  const { before, after, total } = baseline;
  if (before !== null && after !== null) {
    const rate = baseline.saving_rate ?? (before > 0 ? (before - after) / before : null);
    return { kind: "change", before, after, rate };
  }
  const now = after ?? before;
  if (now === null) return null;
  if (total === null) return { kind: "now", now };
  return { kind: "share", now, total, rate: total > 0 ? now / total : null };
}
