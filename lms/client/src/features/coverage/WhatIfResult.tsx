import { useTranslation } from "react-i18next";

import type { CoverageChange, WhatIf } from "../../api/contract";
import { EmptyState } from "../../components/EmptyState";
import { Tag, type TagTone } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { CardTable, CELL, ROW } from "./CardTable";
import { UnitKind } from "./UnitKind";
import { byUnit, keyOf, type UnitRows } from "./whatIfGroups";

const LOOKS = {
  falls: { tone: "error", sign: "×", text: "whatIf.changes.falls" },
  worse: { tone: "error", sign: "▼", text: "whatIf.changes.worse" },
  thin: { tone: "warning", sign: "△", text: "whatIf.changes.thin" },
  better: { tone: "key", sign: "▲", text: "whatIf.changes.better" },
  recovers: { tone: "success", sign: "○", text: "whatIf.changes.recovers" },
} as const satisfies Record<CoverageChange["change"], { tone: TagTone; sign: string; text: string }>;

const HEADS = [
  "coverage.skill",
  "whatIf.change",
  "whatIf.neededColumn",
  "whatIf.holdersColumn",
  "whatIf.shortageColumn",
] as const;

const MOST_SHOWN = 5;

/** What falls short first; each number before and after. */
export function WhatIfResult({ found }: { found: WhatIf }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const worse = found.changes.filter(({ change }) => change === "falls" || change === "worse");
  return (
    <>
      <p className="font-bold">
        {t("whatIf.summary", {
          on: date(found.on),
          worse: worse.length,
          other: found.changes.length - worse.length,
        })}
      </p>
      {found.sizes.length > 0 && (
        <ul className="flex flex-wrap gap-x-6 gap-y-1" aria-label={t("whatIf.sizes")}>
          {found.sizes.map(({ unit, before, after }) => (
            <li key={`${unit.kind} ${unit.key}`} className="tabular-nums">
              {t("whatIf.size", { unit: unit.title, before, after })}
            </li>
          ))}
        </ul>
      )}
      {found.changes.length === 0 ? (
        <EmptyState>{t("whatIf.noChange")}</EmptyState>
      ) : (
        byUnit(found.changes).map((rows) => <UnitChanges key={keyOf(rows[0].unit)} rows={rows} />)
      )}
    </>
  );
}

/** What changes in one unit: the worst at once, the rest when it is asked for. */
function UnitChanges({ rows }: { rows: UnitRows }) {
  const { t } = useTranslation();
  const [{ unit }] = rows;
  const rest = rows.slice(MOST_SHOWN);
  const table = (lines: readonly CoverageChange[], caption: string) => (
    <CardTable caption={caption} heads={HEADS.map((head) => t(head))}>
      {lines.map((row) => (
        <ChangeLine key={`${row.competency.key} ${String(row.level)}`} row={row} />
      ))}
    </CardTable>
  );
  const caption = t("whatIf.resultOf", { unit: unit.title });
  return (
    <section aria-label={unit.title} className="flex flex-col gap-2">
      <h3 className="text-std-18B-160">
        {unit.title}
        <span className="ml-3 text-dns-14N-130 text-solid-gray-700">
          <UnitKind unit={unit} />
        </span>
      </h3>
      {table(rows.slice(0, MOST_SHOWN), caption)}
      {rest.length > 0 && (
        <details>
          <summary className="w-fit cursor-pointer py-2 font-bold">
            {t("whatIf.others", { count: rest.length })}
          </summary>
          {table(rest, `${caption} ${t("whatIf.others", { count: rest.length })}`)}
        </details>
      )}
    </section>
  );
}

function ChangeLine({ row }: { row: CoverageChange }) {
  const { t } = useTranslation();
  const { tone, sign, text } = LOOKS[row.change];
  return (
    <tr className={ROW}>
      <th scope="row" className={`${CELL} font-normal`}>
        <span className="sr-only">{row.unit.title} </span>
        {row.competency.title}
        <span className="block text-dns-14N-130 text-solid-gray-700">
          {t("coverage.levelUp", { level: row.level })}
        </span>
      </th>
      <td className={CELL}>
        <Tag tone={tone}>
          <span aria-hidden="true" className="mr-1">
            {sign}
          </span>
          {t(text)}
        </Tag>
      </td>
      <Pair name={t("whatIf.neededColumn")} before={row.needed_before} after={row.needed} />
      <Pair name={t("whatIf.holdersColumn")} before={row.holders_before} after={row.holders} />
      <Pair name={t("whatIf.shortageColumn")} before={row.shortage_before} after={row.shortage} />
    </tr>
  );
}

function Pair({ name, before, after }: { name: string; before: number; after: number }) {
  const { t } = useTranslation();
  return (
    <td className={`${CELL} whitespace-nowrap tabular-nums`}>
      <span className="md:hidden">{name} </span>
      <span aria-hidden="true">
        {before} → {after}
      </span>
      <span className="sr-only">{t("whatIf.beforeAfter", { before, after })}</span>
    </td>
  );
}
