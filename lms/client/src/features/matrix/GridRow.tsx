import { memo } from "react";
import { useTranslation } from "react-i18next";

import type { MatrixPerson } from "../../api/contract";
import { cellState } from "../skills/gapState";
import { type CellWords, CHANGE_SIGNS } from "./cellWords";

type Props = {
  person: MatrixPerson | undefined;
  line: number;
  top: number;
  /** The columns drawn, and the one whose cell is in the tab order, when it is in this row. */
  columns: readonly number[];
  activeColumn: number | null;
  starts: ReadonlySet<number>;
  columnWidth: number;
  words: CellWords;
};

/** One person. Kept from being drawn again while the reader moves about in other rows. */
export const GridRow = memo(function GridRow(props: Props) {
  const { person, line, top, columns, activeColumn, starts, columnWidth, words } = props;
  const { t } = useTranslation();
  const post = [person?.department.title, person?.tier?.title].filter(Boolean).join(t("common.comma"));
  return (
    <div role="row" aria-rowindex={line + 3} className="heat-row" style={{ transform: `translateY(${top}px)` }}>
      <div role="rowheader" aria-colindex={1} className="heat-person" title={person && `${person.name} ${post}`}>
        {person === undefined ? (
          <span className="skeleton h-4 w-24">
            <span className="sr-only">{t("matrix.loadingRow")}</span>
          </span>
        ) : (
          <>
            <span className="heat-name">{person.name}</span>
            <span className="heat-post">{post}</span>
          </>
        )}
      </div>
      {columns.map((column) => (
        <div
          key={column}
          role="gridcell"
          aria-colindex={column + 2}
          data-place={`${line},${column}`}
          tabIndex={activeColumn === column ? 0 : -1}
          className="heat-cell cell-state"
          style={{ left: `calc(var(--person) + ${column * columnWidth}px)` }}
          {...(starts.has(column) && { "data-start": "" })}
          {...(person === undefined ? { "aria-label": t("matrix.loadingRow") } : cellOf(person, column, words))}
        />
      ))}
    </div>
  );
});

function cellOf(person: MatrixPerson, column: number, words: CellWords) {
  const level = person.levels[column] ?? null;
  const change = person.changes?.[column] ?? null;
  const text = level === null ? "–" : person.lowest === null ? String(level) : level.toFixed(1);
  return {
    "aria-label": words(person, column),
    // Of a difference the signs are to be seen, not how far each is from the target.
    "data-state": person.changes === null ? cellState(level, person.gaps[column] ?? null) : "none",
    "data-change": change ?? undefined,
    children: change === null ? text : `${CHANGE_SIGNS[change]}${change === "ended" ? "" : text}`,
  };
}
