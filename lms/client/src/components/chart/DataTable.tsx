import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

export type ChartTable = {
  /** Of every column, the first being that of the rows' names. */
  heads: string[];
  rows: { name: string; values: string[] }[];
};

type Props = { title: string; table: ChartTable; isOpen: boolean };

/** The numbers of a chart, folded away until asked for; on paper they are always there. */
export function DataTable({ title, table, isOpen }: Props) {
  const { t } = useTranslation();
  const details = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    let wasOpen = false;
    const unfold = () => {
      if (details.current === null) return;
      wasOpen = details.current.open;
      details.current.open = true;
    };
    const fold = () => {
      if (details.current !== null) details.current.open = wasOpen;
    };
    window.addEventListener("beforeprint", unfold);
    window.addEventListener("afterprint", fold);
    return () => {
      window.removeEventListener("beforeprint", unfold);
      window.removeEventListener("afterprint", fold);
    };
  }, []);

  return (
    <details ref={details} open={isOpen} className="rounded-8 border border-solid-gray-420 px-4 py-3">
      <summary className="cursor-pointer font-bold">
        {t("chart.table")}
        <span className="sr-only">{t("chart.of", { title })}</span>
      </summary>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div role="region" aria-label={title} tabIndex={0} className="mt-3 overflow-x-auto">
        <table className="w-full border-collapse text-right text-dns-14N-130 tabular-nums [&_td]:border-t [&_td]:border-solid-gray-300 [&_td]:px-3 [&_td]:py-2 [&_th]:px-3 [&_th]:py-2">
          <caption className="sr-only">{title}</caption>
          <thead className="bg-solid-gray-50">
            <tr>
              {table.heads.map((head, place) => (
                <th key={head} scope="col" className={place === 0 ? "min-w-32 text-left" : "min-w-16"}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(({ name, values }, place) => (
              <tr key={place}>
                <th scope="row" className="border-t border-solid-gray-300 text-left">
                  {name}
                </th>
                {values.map((value, column) => (
                  <td key={column}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
