import { memo } from "react";
import { useTranslation } from "react-i18next";

import type { Matrix } from "../../api/contract";
import type { ColumnGroup } from "./columns";
import { GROUP_HEAD, type Span } from "./gridLayout";

type Props = {
  competencies: Matrix["competencies"];
  groups: ColumnGroup[];
  columns: Span;
  columnWidth: number;
  height: number;
  /** The column that the order is by. */
  sorted: string | null;
};

/** Two lines that stay: the categories, and the competencies in sight. */
export const GridHead = memo(function GridHead(props: Props) {
  const { competencies, groups, columns, columnWidth, height, sorted } = props;
  const { t } = useTranslation();
  const left = (column: number) => `calc(var(--person) + ${column * columnWidth}px)`;
  const seen = groups.filter(({ start, span }) => start < columns.to && start + span > columns.from);
  const starts = new Set(groups.map(({ start }) => start));
  return (
    <div role="rowgroup" className="heat-head" style={{ height }}>
      <div role="row" aria-rowindex={1} className="contents">
        <div role="columnheader" aria-colindex={1} aria-rowspan={2} className="heat-corner" style={{ height }}>
          {t("matrix.person")}
        </div>
        {seen.map(({ group, start, span }) => (
          <div
            key={start}
            role="columnheader"
            aria-colindex={start + 2}
            aria-colspan={span}
            title={group?.title}
            className="heat-group"
            style={{ left: left(start), width: span * columnWidth, height: GROUP_HEAD }}
          >
            <span className="heat-group-title">{group?.title ?? t("matrix.ungrouped")}</span>
          </div>
        ))}
      </div>
      <div role="row" aria-rowindex={2} className="contents">
        {competencies.slice(columns.from, columns.to).map(({ key, title, size }, n) => {
          const column = columns.from + n;
          return (
            <div
              key={key}
              role="columnheader"
              aria-colindex={column + 2}
              {...(sorted === key && { "aria-sort": "other" as const })}
              className="heat-column"
              style={{ left: left(column), top: GROUP_HEAD, height: height - GROUP_HEAD }}
              {...(starts.has(column) && { "data-start": "" })}
            >
              <button
                type="button"
                tabIndex={-1}
                data-sort={key}
                title={t("matrix.sortBy", { title })}
                className="heat-column-title"
              >
                {title}
                {size > 1 && <span className="heat-size">{t("matrix.size", { count: size })}</span>}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
});
