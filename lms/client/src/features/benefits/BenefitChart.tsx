import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { Chart } from "../../components/chart/Chart";
import type { Look } from "../../components/chart/look";
import { useFormat } from "../../i18n/useFormat";
import { benefitOption } from "./benefitPicture";
import type { SumRow } from "./SumTable";

/** Hours saved of each measure. */
export function BenefitChart({ rows }: { rows: SumRow[] }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const [measured, forecast, hours] = [t("benefit.measured"), t("benefit.forecast"), t("benefit.hours")];
  const told = JSON.stringify(
    rows.map((row) => ({
      title: row.name,
      measured: row.measured?.saved ?? null,
      forecast: row.forecast?.saved ?? null,
    })),
  );
  // By what they say: the rows are made anew each time the page is drawn.
  const bars = useMemo(() => JSON.parse(told) as Parameters<typeof benefitOption>[0], [told]);
  const option = useCallback(
    (look: Look) => benefitOption(bars, { measured, forecast, hours }, look),
    [bars, measured, forecast, hours],
  );
  const shown = (value: number | null) => (value === null ? "–" : number(value));
  return (
    <Chart
      title={t("benefit.chart")}
      description={bars
        .map((row) =>
          t("benefit.told", {
            name: row.title,
            measured: shown(row.measured),
            forecast: shown(row.forecast),
          }),
        )
        .join(t("common.comma"))}
      option={option}
      height={96 + bars.length * 48}
      table={{
        heads: [t("project.measure"), measured, forecast],
        rows: bars.map((row) => ({
          name: row.title,
          values: [shown(row.measured), shown(row.forecast)],
        })),
      }}
    />
  );
}
