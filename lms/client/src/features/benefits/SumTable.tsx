import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { BenefitTotal, EntryQuery } from "../../api/contract";
import { useFormat } from "../../i18n/useFormat";
import { entriesAddress } from "./addresses";

export type SumRow = {
  name: string;
  /** What its entries are asked for by. */
  of: EntryQuery;
  measured: BenefitTotal | null;
  forecast: BenefitTotal | null;
};

type Props = { title: string; head: string; rows: SumRow[]; onlyMeasured?: boolean };

/** Hours and yen of each group, measured and expected in columns of their own. */
export function SumTable({ title, head, rows, onlyMeasured = false }: Props) {
  const { t } = useTranslation();
  const kinds = onlyMeasured ? (["measured"] as const) : (["measured", "forecast"] as const);
  const edge = "border-l border-solid-gray-420";
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div role="region" aria-label={title} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-right text-dns-14N-130 whitespace-nowrap tabular-nums [&_td]:border-t [&_td]:border-solid-gray-300 [&_td]:px-3 [&_td]:py-2 [&_th]:px-3 [&_th]:py-2">
        <caption className="sr-only">{title}</caption>
        <thead className="bg-solid-gray-50">
          <tr>
            <th scope="col" rowSpan={2} className="min-w-28 text-left">
              {head}
            </th>
            {kinds.map((kind) => (
              <th key={kind} scope="colgroup" colSpan={4} className={`${edge} text-center`}>
                {t(kind === "measured" ? "benefit.measured" : "benefit.forecast")}
              </th>
            ))}
          </tr>
          <tr>
            {kinds.flatMap((kind) => [
              <th key={`${kind} projects`} scope="col" className={edge}>
                {t("benefit.projectsHead")}
              </th>,
              <th key={`${kind} hours`} scope="col">
                {t("benefit.savedHead")}
              </th>,
              <th key={`${kind} rate`} scope="col">
                {t("benefit.rateHead")}
              </th>,
              <th key={`${kind} yen`} scope="col">
                {t("benefit.yenHead")}
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row" className="border-t border-solid-gray-300 text-left">
                {row.name}
              </th>
              {kinds.map((kind) => (
                <Sum key={kind} name={row.name} total={row[kind]} to={{ ...row.of, kind }} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Sum({ name, total, to }: { name: string; total: BenefitTotal | null; to: EntryQuery }) {
  const { t } = useTranslation();
  const { number, percent } = useFormat();
  if (total === null) {
    return (
      <td colSpan={4} className="border-l border-solid-gray-420 text-center text-solid-gray-600">
        {t("benefit.nothing")}
      </td>
    );
  }
  return (
    <>
      <td className="border-l border-solid-gray-420">{total.projects}</td>
      <td>
        <Link
          to={entriesAddress(to)}
          className="link"
          aria-label={t("benefit.entriesOf", { name, hours: number(total.saved) })}
        >
          {number(total.saved)}
        </Link>
      </td>
      <td>{total.rate === null ? "–" : percent(total.rate, 1)}</td>
      <td>
        {total.yen === null ? t("benefit.noRate") : number(total.yen, 0)}
        {total.yen !== null && total.unpriced > 0 && (
          <span className="block text-solid-gray-700">
            {t("benefit.unpriced", { count: total.unpriced })}
          </span>
        )}
      </td>
    </>
  );
}
