import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { FiscalYear, MatrixSums } from "../../api/contract";
import { Chart } from "../../components/chart/Chart";
import type { Look } from "../../components/chart/look";
import { useFormat } from "../../i18n/useFormat";
import { standingOf } from "./standing";
import { yearOption } from "./yearPicture";

type Props = {
  report: FiscalYear;
  /** Of the area shown; -1 = all together. */
  column: number;
  area: string;
};

/** How many reach their targets in each unit, at both ends of the year. */
export function YearChart({ report, column, area }: Props) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  const names = { start: t("fiscalYear.start"), end: t("fiscalYear.end") };
  const { start, end } = names;
  const units = useMemo(() => {
    const share = (sums: MatrixSums | null) => (sums === null ? null : standingOf(sums, column).share);
    return [report.total, ...report.units].map((unit) => ({
      title: unit.unit?.title ?? t("fiscalYear.total"),
      start: share(unit.start),
      end: share(unit.end),
    }));
  }, [report, column, t]);
  const option = useCallback((look: Look) => yearOption(units, { start, end }, look), [units, start, end]);
  const shown = (share: number | null) => (share === null ? "–" : percent(share));
  return (
    <Chart
      title={t("fiscalYear.chart", { year: report.fiscal_year, area })}
      description={units
        .map((unit) =>
          t("fiscalYear.told", { unit: unit.title, start: shown(unit.start), end: shown(unit.end) }),
        )
        .join(t("common.comma"))}
      option={option}
      height={96 + units.length * 48}
      table={{
        heads: [t("fiscalYear.unit"), names.start, names.end],
        rows: units.map((unit) => ({ name: unit.title, values: [shown(unit.start), shown(unit.end)] })),
      }}
    />
  );
}
