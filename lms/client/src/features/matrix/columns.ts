import type { Matrix, Titled } from "../../api/contract";

export type ColumnGroup = { group: Titled | null; start: number; span: number };

/** Neighbouring columns of the same group, under one heading. */
export function columnGroups(competencies: Matrix["competencies"]): ColumnGroup[] {
  const groups: ColumnGroup[] = [];
  competencies.forEach(({ group }, start) => {
    const last = groups.at(-1);
    if (last !== undefined && last.group?.key === group?.key) last.span += 1;
    else groups.push({ group, start, span: 1 });
  });
  return groups;
}
