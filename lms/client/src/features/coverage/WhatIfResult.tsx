import { useTranslation } from "react-i18next";

import type { CoverageChange, WhatIf } from "../../api/contract";
import { EmptyState } from "../../components/EmptyState";
import { Tag, type TagTone } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { CardTable, CELL, ROW } from "./CardTable";
import { UnitKind } from "./UnitKind";

const LOOKS = {
  falls: { tone: "error", sign: "×", text: "whatIf.changes.falls" },
  worse: { tone: "error", sign: "▼", text: "whatIf.changes.worse" },
  thin: { tone: "warning", sign: "△", text: "whatIf.changes.thin" },
  better: { tone: "key", sign: "▲", text: "whatIf.changes.better" },
  recovers: { tone: "success", sign: "○", text: "whatIf.changes.recovers" },
} as const satisfies Record<CoverageChange["change"], { tone: TagTone; sign: string; text: string }>;

const HEADS = [
  "coverage.unit",
  "coverage.skill",
  "whatIf.change",
  "whatIf.neededColumn",
  "whatIf.holdersColumn",
  "whatIf.shortageColumn",
] as const;

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
        <CardTable caption={t("whatIf.result")} heads={HEADS.map((head) => t(head))}>
            {found.changes.map((row) => (
              <ChangeLine
                key={`${row.unit.kind} ${row.unit.key} ${row.competency.key} ${String(row.level)}`}
                row={row}
              />
            ))}
          </CardTable>
      )}
    </>
  );
}

function ChangeLine({ row }: { row: CoverageChange }) {
  const { t } = useTranslation();
  const { tone, sign, text } = LOOKS[row.change];
  return (
    <tr className={ROW}>
      <th scope="row" className={`${CELL} font-normal`}>
        <span className="block font-bold">{row.unit.title}</span>
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
