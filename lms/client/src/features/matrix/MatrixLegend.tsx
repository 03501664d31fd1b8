import { useTranslation } from "react-i18next";

import { type Change, CHANGE_SIGNS, CHANGE_TITLES } from "./cellWords";

const STATES = [
  { state: "met", sample: "3", label: "matrix.legend.met" },
  { state: "one_short", sample: "2", label: "matrix.legend.oneShort" },
  { state: "lacking", sample: "1", label: "matrix.legend.lacking" },
  { state: "unassessed", sample: "–", label: "matrix.legend.unassessed" },
  { state: "none", sample: "1", label: "matrix.legend.noTarget" },
] as const;

export function MatrixLegend({ isCompared }: { isCompared: boolean }) {
  const { t } = useTranslation();
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2 text-dns-14N-130" aria-label={t("matrix.legend.label")}>
      {isCompared
        ? (Object.entries(CHANGE_SIGNS) as [Change, string][]).map(([change, sign]) => (
            <div key={change} className="flex items-center gap-2">
              <dt className="heat-sample cell-state" data-change={change}>
                {sign}
              </dt>
              <dd>{t(CHANGE_TITLES[change])}</dd>
            </div>
          ))
        : STATES.map(({ state, sample, label }) => (
            <div key={label} className="flex items-center gap-2">
              <dt className="heat-sample cell-state" data-state={state}>
                {sample}
              </dt>
              <dd>{t(label)}</dd>
            </div>
          ))}
    </dl>
  );
}
