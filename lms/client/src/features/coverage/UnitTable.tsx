import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import type { UnitNumbers } from "../../api/contract";
import { REASONS, unitAddress } from "./coverageSearch";
import { ReasonTag } from "./ReasonTag";
import { CardTable, CELL, ROW } from "./CardTable";
import { UnitKind } from "./UnitKind";

const HEADS = ["coverage.unit", "coverage.people", "coverage.covered", "coverage.byReason"] as const;

/** Every unit in numbers: processes first, then sections in the order of the office. */
export function UnitTable({ rows }: { rows: UnitNumbers[] }) {
  const { t } = useTranslation();
  return (
    <CardTable caption={t("coverage.units")} heads={HEADS.map((head) => t(head))}>
        {rows.map((row) => (
          <UnitLine key={`${row.unit.kind} ${row.unit.key}`} row={row} />
        ))}
      </CardTable>
  );
}

function UnitLine({ row }: { row: UnitNumbers }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { unit, people, needs, covered, by_reason: byReason } = row;
  return (
    <tr className={ROW}>
      <th scope="row" className={`${CELL} font-normal`}>
        <Link to={unitAddress(unit, search)} className="link font-bold">
          {unit.title}
        </Link>
        <span className="block text-dns-14N-130 text-solid-gray-700">
          <UnitKind unit={unit} />
        </span>
      </th>
      {row.is_suppressed || people === null || needs === null || covered === null ? (
        <td className={`${CELL} text-solid-gray-700`} colSpan={3}>
          {t("coverage.suppressed")}
        </td>
      ) : (
        <>
          <td className={`${CELL} tabular-nums`}>{t("coverage.peopleCount", { count: people })}</td>
          <td className={`${CELL} md:min-w-48`}>
            {needs === 0 ? (
              <span className="text-solid-gray-700">{t("coverage.noNeeds")}</span>
            ) : (
              <>
                <div aria-hidden="true" className="need-bar">
                  <span data-part="secure" style={{ width: `${String((covered / needs) * 100)}%` }} />
                  <span
                    data-part="shortage"
                    style={{ width: `${String((1 - covered / needs) * 100)}%` }}
                  />
                </div>
                <p className="mt-1 text-dns-14N-130 tabular-nums">
                  {t("coverage.coveredOf", { covered, needs })}
                </p>
              </>
            )}
          </td>
          <td className={CELL}>
            <ul className="flex flex-wrap gap-2">
              {REASONS.filter((reason) => (byReason?.[reason] ?? 0) > 0).map((reason) => (
                <li key={reason}>
                  <ReasonTag reason={reason} count={byReason?.[reason] ?? 0} />
                </li>
              ))}
            </ul>
          </td>
        </>
      )}
    </tr>
  );
}
