import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import type { Risk } from "../../api/contract";
import { unitAddress } from "./coverageSearch";
import { NeedBar } from "./NeedBar";
import { ReasonTag } from "./ReasonTag";
import { CardTable, CELL, ROW } from "./CardTable";
import { UnitKind } from "./UnitKind";

const HEADS = [
  "coverage.rank",
  "coverage.unit",
  "coverage.skill",
  "coverage.reason",
  "coverage.standing",
  "coverage.missing",
] as const;

/** Needs at risk, the gravest first. */
export function RiskTable({ rows }: { rows: Risk[] }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  return (
    <CardTable caption={t("coverage.risks")} heads={HEADS.map((head) => t(head))}>
        {rows.map((row) => (
          <tr key={row.rank} className={ROW}>
            <td className={`${CELL} tabular-nums`}>
              <span className="md:hidden">{t("coverage.rank")} </span>
              {row.rank}
            </td>
            <th scope="row" className={`${CELL} font-normal`}>
              <Link to={unitAddress(row.unit, search)} className="link font-bold">
                {row.unit.title}
              </Link>
              <span className="block text-dns-14N-130 text-solid-gray-700">
                <UnitKind unit={row.unit} />
              </span>
            </th>
            <td className={CELL}>
              {row.competency.title}
              <span className="block text-dns-14N-130 text-solid-gray-700">
                {t("coverage.levelUp", { level: row.level })}
              </span>
            </td>
            <td className={CELL}>{row.reason !== "" && <ReasonTag reason={row.reason} />}</td>
            <td className={CELL}>
              <NeedBar {...row} />
            </td>
            <td className={`${CELL} whitespace-nowrap tabular-nums`}>
              {row.missing > 0
                ? t("coverage.missingCount", { count: row.missing })
                : t("coverage.nobodyMissing")}
            </td>
          </tr>
        ))}
      </CardTable>
  );
}
