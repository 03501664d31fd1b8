import { useTranslation } from "react-i18next";

const STATES = [
  { state: "met", sample: "3", label: "matrix.legend.met" },
  { state: "one_short", sample: "2", label: "matrix.legend.oneShort" },
  { state: "lacking", sample: "1", label: "matrix.legend.lacking" },
  { state: "unassessed", sample: "–", label: "matrix.legend.unassessed" },
  { state: "none", sample: "1", label: "matrix.legend.noTarget" },
] as const;

export function MatrixLegend() {
  const { t } = useTranslation();
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2 text-dns-14N-130" aria-label={t("matrix.legend.label")}>
      {STATES.map(({ state, sample, label }) => (
        <div key={label} className="flex items-center gap-2">
          <dt
            className="cell-state flex h-8 w-9 items-center justify-center outline outline-solid-gray-300 font-bold"
            data-state={state}
          >
            {sample}
          </dt>
          <dd>{t(label)}</dd>
        </div>
      ))}
    </dl>
  );
}
