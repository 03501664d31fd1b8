import { memo } from "react";
import { useTranslation } from "react-i18next";

import type { Matrix, MatrixGroup } from "../../api/contract";
import { useFormat } from "../../i18n/useFormat";
import { Icon } from "../../components/Icon";

type Props = {
  group: MatrixGroup;
  competencies: Matrix["competencies"];
  line: number;
  top: number;
  columns: readonly number[];
  activeColumn: number | null;
  starts: ReadonlySet<number>;
  columnWidth: number;
  isFolded: boolean;
};

/** The heading of a group: what its people add up to. Enter or a click folds it. */
export const GridGroupRow = memo(function GridGroupRow(props: Props) {
  const { group, competencies, line, top, columns, activeColumn, starts, columnWidth, isFolded } = props;
  const { t } = useTranslation();
  const { percent } = useFormat();
  const title = t("matrix.groupRow", { title: group.unit?.title ?? t("matrix.noUnit"), count: group.count });
  const { sums } = group;
  return (
    <div
      role="row"
      aria-rowindex={line + 3}
      className="heat-row heat-group-row"
      style={{ transform: `translateY(${top}px)` }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        aria-expanded={!isFolded}
        className="heat-person"
        title={title}
        data-fold={line}
      >
        <span className="flex min-w-0 items-center gap-1">
          <Icon name="chevronRight" className={`size-4 ${isFolded ? "" : "rotate-90"}`} />
          <span className="heat-name">{title}</span>
        </span>
      </div>
      {columns.map((column) => (
        <div
          key={column}
          role="gridcell"
          aria-colindex={column + 2}
          data-place={`${line},${column}`}
          tabIndex={activeColumn === column ? 0 : -1}
          className="heat-cell"
          style={{ left: `calc(var(--person) + ${column * columnWidth}px)` }}
          {...(starts.has(column) && { "data-start": "" })}
          aria-expanded={!isFolded}
          aria-label={labelOf(column)}
        >
          {textOf(column)}
        </div>
      ))}
    </div>
  );

  function share(column: number): string {
    const [met = 0, asked = 0] = [sums.at_target[column], sums.with_target[column]];
    return asked === 0 ? "–" : percent(met / asked);
  }

  function textOf(column: number): string {
    if (sums.changes === null) return share(column);
    const up = (sums.changes.rose?.[column] ?? 0) + (sums.changes.appeared?.[column] ?? 0);
    const down = (sums.changes.fell?.[column] ?? 0) + (sums.changes.ended?.[column] ?? 0);
    return up + down === 0 ? "·" : [up > 0 && `▲${up}`, down > 0 && `▼${down}`].filter(Boolean).join("\n");
  }

  function labelOf(column: number): string {
    const named = { group: title, competency: competencies[column]?.title ?? "" };
    if (sums.is_suppressed) return t("matrix.groupCellSuppressed", named);
    if (sums.changes === null) {
      return t("matrix.groupCell", { ...named, assessed: sums.assessed[column] ?? 0, share: share(column) });
    }
    const counts = Object.fromEntries(
      Object.entries(sums.changes).map(([change, values]) => [change, values[column] ?? 0]),
    );
    return t("matrix.groupCellChange", { ...named, ...counts });
  }
});
