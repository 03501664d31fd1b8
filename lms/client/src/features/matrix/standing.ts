import type { MatrixSums } from "../../api/contract";

export type Standing = { people: number; mean: number | null; share: number | null };

/** How people stand in one column, or in all together (-1): the mean level, and who is at target. */
export function standingOf(sums: MatrixSums, column: number): Standing {
  const of = (values: readonly number[]) =>
    column >= 0 ? (values[column] ?? 0) : values.reduce((total, value) => total + value, 0);
  const assessed = of(sums.assessed);
  const levels = sums.mean_level.map((mean, n) => (mean ?? 0) * (sums.assessed[n] ?? 0));
  const targets = of(sums.with_target);
  return {
    people: sums.people,
    mean: assessed === 0 ? null : of(levels) / assessed,
    share: targets === 0 ? null : of(sums.at_target) / targets,
  };
}
