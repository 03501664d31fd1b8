import { memo } from "react";
import { useTranslation } from "react-i18next";

import type { MatrixSums } from "../../api/contract";
import { useFormat } from "../../i18n/useFormat";
import { type Change, CHANGE_SIGNS, CHANGE_TITLES } from "./cellWords";
import { FOOT_LINE, type Span } from "./gridLayout";

type Props = { sums: MatrixSums; columns: Span; columnWidth: number; rowIndex: number };
type Line = { title: string; shown: (column: number) => string };

/** How everybody the filters leave stands in each column, not only those in sight. */
export const GridFoot = memo(function GridFoot({ sums, columns, columnWidth, rowIndex }: Props) {
  const { t } = useTranslation();
  const { percent, number } = useFormat();
  const standing: Line[] = [
    { title: t("matrix.summary.assessed"), shown: (c) => String(sums.assessed[c] ?? "–") },
    {
      title: t("matrix.summary.atTarget"),
      shown: (c) => {
        const asked = sums.with_target[c] ?? 0;
        return asked === 0 ? "–" : percent((sums.at_target[c] ?? 0) / asked);
      },
    },
    {
      title: t("matrix.summary.mean"),
      shown: (c) => {
        const mean = sums.mean_level[c] ?? null;
        return mean === null ? "–" : number(mean, 1);
      },
    },
  ];
  const changes = sums.changes;
  const of = (change: Change, c: number) => changes?.[change]?.[c] ?? 0;
  const both = (up: Change, also: Change): Line => ({
    title: [up, also].map((change) => CHANGE_SIGNS[change] + t(CHANGE_TITLES[change])).join("・"),
    shown: (c) => (of(up, c) + of(also, c) === 0 ? "·" : `${of(up, c)}・${of(also, c)}`),
  });
  const lines =
    changes === null ? standing : [both("rose", "appeared"), both("fell", "ended"), ...standing.slice(1, 2)];
  const named = (title: string) => (sums.is_suppressed ? t("matrix.suppressed", { title }) : title);
  const shown = Array.from({ length: columns.to - columns.from }, (_, n) => columns.from + n);
  return (
    <div role="rowgroup" className="heat-foot">
      {lines.map(({ title, shown: text }, n) => (
        <div key={title} role="row" aria-rowindex={rowIndex + n} className="heat-foot-row" style={{ height: FOOT_LINE }}>
          <div role="rowheader" aria-colindex={1} className="heat-person" title={named(title)}>
            <span className="heat-name">{named(title)}</span>
          </div>
          {shown.map((column) => (
            <div
              key={column}
              role="gridcell"
              aria-colindex={column + 2}
              className="heat-sum"
              style={{ left: `calc(var(--person) + ${column * columnWidth}px)` }}
            >
              {text(column)}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
});
