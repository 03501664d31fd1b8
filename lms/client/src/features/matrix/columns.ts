import type { Matrix, MatrixCell, MatrixPerson, Titled } from "../../api/contract";

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

/** A person's cells by column; a column without a cell was never assessed and has no target. */
export function cellsByColumn(person: MatrixPerson, columns: number): MatrixCell[] {
  const cells = Array.from({ length: columns }, (_, c): MatrixCell => ({
    c,
    level: null,
    target: null,
    gap: null,
    since: null,
    expires_at: null,
  }));
  for (const cell of person.cells) cells[cell.c] = cell;
  return cells;
}
