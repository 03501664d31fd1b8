/** The skills a project needs, while they are being changed. */

import type { ProjectNeed } from "../../api/contract";

export type DraftNeed = {
  /** Of the row, so that it keeps its fields while others come and go. */
  id: number;
  /** "" = not chosen yet. */
  competency: string;
  level: number;
  headcount: number;
  isMust: boolean;
};

export function draftOf(needs: readonly ProjectNeed[]): DraftNeed[] {
  return needs.map(({ competency, level, headcount, is_must: isMust }, id) => ({
    id,
    competency: competency.key,
    level,
    headcount,
    isMust,
  }));
}

export function withNeed(needs: readonly DraftNeed[]): DraftNeed[] {
  const id = Math.max(-1, ...needs.map((row) => row.id)) + 1;
  return [...needs, { id, competency: "", level: 2, headcount: 1, isMust: false }];
}

export type NeedFault = { id: number; kind: "empty" | "repeated" };

/** The first row that cannot be saved; null = all can. */
export function faultOf(needs: readonly DraftNeed[]): NeedFault | null {
  const seen = new Set<string>();
  for (const { id, competency } of needs) {
    if (competency === "") return { id, kind: "empty" };
    if (seen.has(competency)) return { id, kind: "repeated" };
    seen.add(competency);
  }
  return null;
}

export function needsOf(needs: readonly DraftNeed[]) {
  return needs.map(({ competency, level, headcount, isMust }) => ({
    competency,
    level,
    headcount,
    is_must: isMust,
  }));
}
