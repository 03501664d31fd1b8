/** What a screen reader hears of a cell. A window has hundreds, so the words are made once. */

import type { TFunction } from "i18next";

import type { Matrix, MatrixPerson } from "../../api/contract";
import { type Language } from "../../i18n/language";
import { longDate, monthOfDay } from "../../i18n/dates";

export type Change = "rose" | "fell" | "appeared" | "ended";

/** A sign for each change: a shape, so that it is not told by colour alone. */
export const CHANGE_SIGNS: Record<Change, string> = {
  rose: "▲",
  fell: "▼",
  appeared: "＋",
  ended: "×",
};

export const CHANGE_TITLES = {
  rose: "matrix.changes.rose",
  fell: "matrix.changes.fell",
  appeared: "matrix.changes.appeared",
  ended: "matrix.changes.ended",
} as const;

export type CellWords = (person: MatrixPerson, column: number) => string;

/** Words for the cells of this matrix. */
export function cellWords(matrix: Matrix, t: TFunction, language: Language): CellWords {
  const comma = t("common.comma");
  const remembered = new Map<string, string>();
  const once = (key: string, make: () => string): string => {
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const made = make();
    remembered.set(key, made);
    return made;
  };
  const levelOf = (level: number | null) =>
    level === null ? t("level.none") : t("level.number", { level });
  const targetOf = (target: number | null) =>
    target === null ? t("matrix.noTarget") : t("matrix.target", { target });

  const ofLevel = (person: MatrixPerson, column: number): string[] => {
    const level = person.levels[column] ?? null;
    const target = person.targets[column] ?? null;
    const since = person.since[column] ?? null;
    const standing = once(`${level}/${target}`, () =>
      t("matrix.levelTarget", { level: levelOf(level), target: targetOf(target) }),
    );
    return since === null
      ? [standing]
      : [standing, once(`s${since}`, () => t("matrix.since", { month: monthOfDay(since, language) }))];
  };
  const ofCategory = (person: MatrixPerson, column: number): string[] => {
    const mean = person.levels[column] ?? null;
    const gap = person.gaps[column] ?? null;
    const lowest = person.lowest?.[column] ?? null;
    return [
      mean === null ? t("level.none") : t("matrix.mean", { mean }),
      ...(lowest === null ? [] : [t("matrix.lowest", { lowest })]),
      ...(gap === null ? [] : [gap === 0 ? t("matrix.noneShort") : t("matrix.worstGap", { gap })]),
    ];
  };
  const ofChange = (person: MatrixPerson, column: number): string[] => {
    if (person.changes === null || matrix.compared_to === null) return [];
    const before = person.before?.[column] ?? null;
    const date = longDate(matrix.compared_to, language);
    const change = person.changes[column] ?? null;
    return [
      t(change === null ? "matrix.changes.same" : CHANGE_TITLES[change]),
      before === null ? t("matrix.beforeNone", { date }) : t("matrix.before", { date, before }),
    ];
  };

  return (person, column) => {
    const parts = person.lowest === null ? ofLevel(person, column) : ofCategory(person, column);
    const title = matrix.competencies[column]?.title ?? "";
    return [person.name, title, ...parts, ...ofChange(person, column)].join(comma);
  };
}
