import type { SkillRow, Titled } from "../../api/contract";

type Row = Pick<SkillRow, "competency">;
export type SkillGroup<R extends Row = SkillRow> = { group: Titled | null; rows: R[] };
export type SkillFramework<R extends Row = SkillRow> = { framework: Titled; groups: SkillGroup<R>[] };

/** Rows under their framework and group, everything in the order it first appears. */
export function groupSkills<R extends Row>(rows: R[]): SkillFramework<R>[] {
  const frameworks = new Map<string, { framework: Titled; groups: Map<string, SkillGroup<R>> }>();
  for (const row of rows) {
    const { framework, group } = row.competency;
    const inFramework = frameworks.get(framework.key) ?? { framework, groups: new Map<string, SkillGroup<R>>() };
    frameworks.set(framework.key, inFramework);
    const groupKey = group?.key ?? "";
    const inGroup = inFramework.groups.get(groupKey) ?? { group, rows: [] };
    inFramework.groups.set(groupKey, inGroup);
    inGroup.rows.push(row);
  }
  return [...frameworks.values()].map(({ framework, groups }) => ({
    framework,
    groups: [...groups.values()],
  }));
}

/** Short of a target; what has no target has no gap. */
export function hasGap(row: { gap: number | null }): boolean {
  return row.gap !== null && row.gap > 0;
}
