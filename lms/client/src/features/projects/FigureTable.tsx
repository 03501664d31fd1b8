import { useTranslation } from "react-i18next";

import type { ProjectFigure } from "../../api/contract";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { PHASE_NAMES } from "./words";

const HEADS = [
  "figures.phase",
  "figures.cases",
  "figures.minutes",
  "figures.hours",
  "figures.people",
  "figures.errors",
  "figures.when",
  "figures.how",
] as const;

/** Every row of the ledger as it was written; one that a later row corrects says so. */
export function FigureTable({ figures }: { figures: ProjectFigure[] }) {
  const { t } = useTranslation();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div role="region" aria-label={t("figures.rows")} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-right text-dns-14N-130 tabular-nums [&_td]:border-t [&_td]:border-solid-gray-300 [&_td]:px-3 [&_td]:py-2 [&_td]:align-top [&_th]:px-3 [&_th]:py-2">
        <caption className="sr-only">{t("figures.rows")}</caption>
        <thead className="bg-solid-gray-50">
          <tr>
            {HEADS.map((head, place) => (
              <th
                key={head}
                scope="col"
                className={place === 0 || place > 5 ? "text-left" : "whitespace-nowrap"}
              >
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.map((row) => (
            <FigureLine key={`${row.phase} ${row.recorded_at}`} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FigureLine({ row }: { row: ProjectFigure }) {
  const { t } = useTranslation();
  const { date, number, percent } = useFormat();
  return (
    <tr className={row.is_corrected ? "text-solid-gray-600" : ""}>
      <th scope="row" className="min-w-28 border-t border-solid-gray-300 text-left align-top">
        <span className="block">{t(PHASE_NAMES[row.phase])}</span>
        {row.is_corrected && <Tag tone="neutral">{t("figures.corrected")}</Tag>}
      </th>
      <td>{number(row.cases_per_year, row.cases_per_year % 1 === 0 ? 0 : 2)}</td>
      <td>{number(row.minutes_per_case, row.minutes_per_case % 1 === 0 ? 0 : 2)}</td>
      <td className="font-bold">{number(row.hours_per_year)}</td>
      <td>{row.people === null ? "–" : number(row.people)}</td>
      <td>{row.error_rate === null ? "–" : percent(row.error_rate, 1)}</td>
      <td className="min-w-32 text-left">
        {row.measured_on === null ? t("figures.noDay") : date(row.measured_on)}
        {row.measured_by !== null && <span className="block">{row.measured_by}</span>}
      </td>
      <td className="min-w-48 text-left">
        {row.how}
        <span className="block text-solid-gray-700">
          {t("figures.recordedAt", { date: date(row.recorded_at) })}
          {row.tier !== null && t("figures.rateOf", { tier: row.tier.title })}
        </span>
      </td>
    </tr>
  );
}
