import { useTranslation } from "react-i18next";

import type { Matrix } from "../../api/contract";
import type { ColumnGroup } from "./columns";

type Props = { competencies: Matrix["competencies"]; groups: ColumnGroup[] };

export function MatrixHead({ competencies, groups }: Props) {
  const { t } = useTranslation();
  const starts = new Set(groups.map(({ start }) => start));
  return (
    <thead>
      <tr>
        <th rowSpan={2} scope="col" className="matrix-corner">
          {t("matrix.person")}
        </th>
        {groups.map(({ group, start, span }) => (
          <th
            key={start}
            colSpan={span}
            scope="colgroup"
            title={group?.title}
            className="matrix-group"
            data-start=""
          >
            <span className="matrix-group-title">{group?.title ?? t("matrix.ungrouped")}</span>
          </th>
        ))}
      </tr>
      <tr>
        {competencies.map(({ key, title }, column) => (
          <th
            key={key}
            scope="col"
            title={title}
            className="matrix-column"
            {...(starts.has(column) && { "data-start": "" })}
          >
            <span className="matrix-column-title">{title}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}
