import { memo } from "react";
import { useTranslation } from "react-i18next";

import type { Matrix, MatrixPerson } from "../../api/contract";
import { cellState } from "../skills/gapState";
import { cellsByColumn, type ColumnGroup } from "./columns";

type Props = {
  person: MatrixPerson;
  row: number;
  competencies: Matrix["competencies"];
  groups: ColumnGroup[];
  /** The column of the cell in the tab order, when it is in this row. */
  activeColumn: number | null;
};

/** One person. Kept from rendering again while the reader moves about in other rows. */
export const MatrixRow = memo(function MatrixRow(props: Props) {
  const { person, row, competencies, groups, activeColumn } = props;
  const { t } = useTranslation();
  const starts = new Set(groups.map(({ start }) => start));
  const post = [person.department.title, person.tier?.title].filter(Boolean);

  return (
    <tr>
      <th scope="row" className="matrix-person">
        <span className="block font-bold">{person.name}</span>
        <span className="block text-xs font-normal text-solid-gray-700">
          {post.join(t("common.comma"))}
        </span>
      </th>
      {cellsByColumn(person, competencies.length).map(({ c, level, target, gap }) => (
        <td key={c} className="matrix-cell" {...(starts.has(c) && { "data-start": "" })}>
          <button
            type="button"
            data-place={`${row},${c}`}
            data-state={cellState(level, gap)}
            tabIndex={activeColumn === c ? 0 : -1}
            aria-haspopup="dialog"
            aria-label={t("matrix.cell", {
              name: person.name,
              competency: competencies[c]?.title ?? "",
              level: level === null ? t("level.none") : t("level.number", { level }),
              target: target === null ? t("gap.noTarget") : t("matrix.target", { target }),
            })}
            className="cell-state matrix-button"
          >
            {level ?? "–"}
          </button>
        </td>
      ))}
    </tr>
  );
});
