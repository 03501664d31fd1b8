import { useTranslation } from "react-i18next";

import type { MatrixSummary } from "../../api/contract";
import { useFormat } from "../../i18n/useFormat";

type Props = { summary: MatrixSummary[]; columns: number };

/** How everybody the filters leave stands in each competency, not only those on this page. */
export function MatrixSummaryRows({ summary, columns }: Props) {
  const { t } = useTranslation();
  const { percent, number } = useFormat();
  const byColumn = Array.from({ length: columns }, (_, c) => summary.find((row) => row.c === c));

  const rows = [
    {
      title: t("matrix.summary.assessed"),
      shown: (row: MatrixSummary) => String(row.assessed),
    },
    {
      title: t("matrix.summary.atTarget"),
      shown: (row: MatrixSummary) =>
        row.with_target > 0 ? percent(row.at_target / row.with_target) : "–",
    },
    {
      title: t("matrix.summary.mean"),
      shown: (row: MatrixSummary) => (row.mean_level === null ? "–" : number(row.mean_level, 1)),
    },
  ];

  return (
    <tfoot>
      {rows.map(({ title, shown }) => (
        <tr key={title}>
          <th scope="row" className="matrix-person">
            {title}
          </th>
          {byColumn.map((row, c) => (
            <td key={c} className="matrix-sum">
              {row === undefined ? "–" : shown(row)}
            </td>
          ))}
        </tr>
      ))}
    </tfoot>
  );
}
