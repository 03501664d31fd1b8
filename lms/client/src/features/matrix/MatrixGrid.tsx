import { type CSSProperties, type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMatch, useNavigate, useSearchParams } from "react-router";

import type { Matrix, RowsQuery } from "../../api/contract";
import { useLanguage } from "../../i18n/useFormat";
import { cellWords } from "./cellWords";
import { columnGroups } from "./columns";
import { GridFoot } from "./GridFoot";
import { GridGroupRow } from "./GridGroupRow";
import { GridHead } from "./GridHead";
import { drawn, FOOT_LINE, LINE, linesOf, pagesOf } from "./gridLayout";
import { GridRow } from "./GridRow";
import { moveCell, type Place } from "./keyboard";
import { PAGE_SIZE, withSettings } from "./matrixSearch";
import { useRows } from "./useRows";
import { useViewport } from "./useViewport";

/** Room for the bar below the columns. */
const SCROLLBAR = 18;
/** Where a cell is explained. */
const CELL = "/matrix/:staffNumber/:competencyKey";

type Props = { matrix: Matrix; query: RowsQuery };

/**
 * People × competencies as an ARIA grid, of which only what is in sight is drawn. One cell at a
 * time is in the tab order, and stays drawn wherever the reader scrolls to.
 */
export function MatrixGrid({ matrix, query }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const isMoved = useRef(false);
  const { competencies } = matrix;
  const isCollapsed = search.get("collapse") === "true";

  const groups = useMemo(() => columnGroups(competencies), [competencies]);
  const starts = useMemo(() => new Set(groups.map(({ start }) => start)), [groups]);
  const words = useMemo(() => cellWords(matrix, t, language), [matrix, t, language]);
  const lines = useMemo(() => linesOf(matrix.count, matrix.groups, folded), [matrix.count, matrix.groups, folded]);
  const size = { rows: lines.length, columns: competencies.length };
  const { view, sizes, onScroll } = useViewport(
    scroller,
    { lines: lines.length, columns: competencies.length },
    isCollapsed ? 72 : matrix.compared_to === null ? 46 : 60,
  );
  const rowAt = useRows(matrix, query, pagesOf(lines, view.rows, PAGE_SIZE));
  // Another filter may leave fewer lines than the one the reader came from.
  const current = {
    row: Math.min(active.row, size.rows - 1),
    column: Math.min(active.column, size.columns - 1),
  };
  const inSight = useMemo(
    () => Array.from({ length: view.columns.to - view.columns.from }, (_, n) => view.columns.from + n),
    [view.columns.from, view.columns.to],
  );

  useLayoutEffect(() => {
    if (!isMoved.current) return;
    isMoved.current = false;
    const { row, column } = active;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-place="${row},${column}"]`);
    cell?.focus({ preventScroll: true });
    // Out from under the head, foot and first column (scroll-padding), and into sight of the page.
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [active]);

  const moveTo = (place: Place) => {
    isMoved.current = true;
    setActive(place);
  };

  // The panel explains a person's cell, not a place: rows may come in anew below it. When it is
  // closed, the reader is at that cell, wherever it is now: before the next key, which moves on.
  const explained = useMatch(CELL)?.params;
  const before = useRef(explained);
  useLayoutEffect(() => {
    const closed = explained === undefined ? before.current : undefined;
    before.current = explained;
    if (closed === undefined) return;
    const row = lines.findIndex(
      (line) => line.kind === "row" && rowAt(line.row)?.staff_number === closed.staffNumber,
    );
    const column = competencies.findIndex(({ key }) => key === closed.competencyKey);
    moveTo(row < 0 || column < 0 ? current : { row, column });
  });

  const fold = (group: number) =>
    setFolded((old) => new Set(old.has(group) ? [...old].filter((item) => item !== group) : [...old, group]));

  /** What the cell stands for: of a group its fold, of a category its competencies, else why. */
  const open = (place: Place) => {
    const line = lines[place.row];
    const column = competencies[place.column];
    setActive(place);
    if (line?.kind === "group") {
      fold(line.group);
      return;
    }
    const person = line && rowAt(line.row);
    if (person === undefined || column === undefined) return;
    if (isCollapsed) {
      const isWhole = column.key === column.framework_key;
      const narrowed = isWhole ? { framework: column.key } : { group: column.key };
      setSearch(withSettings(search, { ...narrowed, collapse: "" }));
      return;
    }
    const address = [person.staff_number, column.key].map(encodeURIComponent).join("/");
    void navigate({ pathname: `/matrix/${address}`, search: search.toString() });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const place = placeOf(event.target);
    if (place === null) return;
    const next = moveCell(place, event, size);
    if (next === null && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (next === null) open(place);
    else moveTo(next);
  };

  const onClick = (target: EventTarget) => {
    const place = placeOf(target);
    if (place !== null) {
      open(place);
      return;
    }
    const element = target instanceof Element ? target.closest<HTMLElement>("[data-fold], [data-sort]") : null;
    const { fold: line, sort } = element?.dataset ?? {};
    const folds = line === undefined ? undefined : lines[Number(line)];
    if (folds?.kind === "group") fold(folds.group);
    if (sort !== undefined && !isCollapsed) {
      setSearch(withSettings(search, { competency: sort, sort: "-gap" }));
    }
  };

  const width = sizes.person + competencies.length * sizes.column;
  const height = sizes.head + lines.length * LINE + sizes.foot * FOOT_LINE;
  return (
    // eslint-disable-next-line jsx-a11y/interactive-supports-focus -- a cell of it has the focus
    <div
      ref={scroller}
      role="grid"
      aria-label={t("matrix.caption")}
      aria-rowcount={lines.length + 2 + sizes.foot}
      aria-colcount={competencies.length + 1}
      aria-describedby="matrix-keys"
      className="heat"
      style={
        {
          "--person": `${sizes.person}px`,
          "--column": `${sizes.column}px`,
          "--line": `${LINE}px`,
          "--canvas": `${height + SCROLLBAR}px`,
          "--head": `${sizes.head}px`,
          "--foot": `${sizes.foot * FOOT_LINE}px`,
        } as CSSProperties
      }
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onClick={({ target }) => onClick(target)}
    >
      <div className="heat-canvas" style={{ width, height }}>
        <GridHead
          competencies={competencies}
          groups={groups}
          columns={view.columns}
          columnWidth={sizes.column}
          height={sizes.head}
          sorted={/^-?(level|gap)$/.test(search.get("sort") ?? "") ? search.get("competency") : null}
        />
        <div role="rowgroup" className="heat-body" style={{ height: lines.length * LINE }}>
          {drawn(view.rows, current.row).map((n) => {
            const line = lines[n];
            if (line === undefined) return null;
            const activeColumn = current.row === n ? current.column : null;
            const columns = activeColumn === null ? inSight : drawn(view.columns, activeColumn);
            const shared = { line: n, top: n * LINE, columns, activeColumn, starts, columnWidth: sizes.column };
            const group = line.kind === "group" ? matrix.groups[line.group] : undefined;
            return line.kind === "row" ? (
              <GridRow key={n} person={rowAt(line.row)} words={words} {...shared} />
            ) : group === undefined ? null : (
              <GridGroupRow
                key={n}
                group={group}
                competencies={competencies}
                isFolded={folded.has(line.group)}
                {...shared}
              />
            );
          })}
        </div>
        {sizes.foot > 0 && (
          <GridFoot
            sums={matrix.summary}
            columns={view.columns}
            columnWidth={sizes.column}
            rowIndex={lines.length + 3}
          />
        )}
      </div>
    </div>
  );
}

/** Which cell an event came from; null for one outside the cells. */
function placeOf(target: EventTarget): Place | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-place]") : null;
  const [row, column] = (cell?.dataset.place ?? "").split(",").map(Number);
  return row === undefined || column === undefined ? null : { row, column };
}
