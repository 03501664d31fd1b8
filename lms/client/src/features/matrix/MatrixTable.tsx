import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";

import type { Matrix } from "../../api/contract";
import { columnGroups } from "./columns";
import { moveCell, type Place } from "./keyboard";
import { MatrixHead } from "./MatrixHead";
import { MatrixRow } from "./MatrixRow";
import { MatrixSummaryRows } from "./MatrixSummaryRows";

/** People × competencies. One cell at a time is in the tab order; arrow keys move between them. */
export function MatrixTable({ matrix }: { matrix: Matrix }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const table = useRef<HTMLTableElement>(null);
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const { people, competencies, summary } = matrix;
  const groups = useMemo(() => columnGroups(competencies), [competencies]);
  const size = { rows: people.length, columns: competencies.length };
  // Another page or filter may have fewer rows than the one the reader came from.
  const current = {
    row: Math.min(active.row, size.rows - 1),
    column: Math.min(active.column, size.columns - 1),
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const place = placeOf(event.target);
    const next = place && moveCell(place, event, size);
    if (!next) return;
    event.preventDefault();
    setActive(next);
    table.current?.querySelector<HTMLElement>(`[data-place="${next.row},${next.column}"]`)?.focus();
  };

  const onOpen = (place: Place) => {
    const person = people[place.row];
    const competency = competencies[place.column];
    if (person === undefined || competency === undefined) return;
    setActive(place);
    const address = [person.staff_number, competency.key].map(encodeURIComponent).join("/");
    void navigate({ pathname: `/matrix/${address}`, search: search.toString() });
  };

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div role="region" aria-label={t("matrix.region")} tabIndex={0} className="matrix-region">
      <table
        ref={table}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the ARIA grid pattern
        role="grid"
        className="matrix-table"
        onKeyDown={onKeyDown}
        onClick={({ target }) => {
          const place = placeOf(target);
          if (place) onOpen(place);
        }}
      >
        <caption className="sr-only">{t("matrix.caption")}</caption>
        <colgroup>
          <col className="matrix-person-col" />
          <col className="matrix-col" span={size.columns} />
        </colgroup>
        <MatrixHead competencies={competencies} groups={groups} />
        <tbody>
          {people.map((person, row) => (
            <MatrixRow
              key={person.staff_number}
              person={person}
              row={row}
              competencies={competencies}
              groups={groups}
              activeColumn={current.row === row ? current.column : null}
            />
          ))}
        </tbody>
        <MatrixSummaryRows summary={summary} columns={competencies.length} />
      </table>
    </div>
  );
}

/** Which cell an event came from; null for one outside the cells. */
function placeOf(target: EventTarget): Place | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-place]") : null;
  const [row, column] = (cell?.dataset.place ?? "").split(",").map(Number);
  return row === undefined || column === undefined ? null : { row, column };
}
