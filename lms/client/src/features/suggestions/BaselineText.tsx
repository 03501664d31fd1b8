import { useTranslation } from "react-i18next";

import type { Baseline } from "../../api/contract";
import { useFormat } from "../../i18n/useFormat";
import { baselineFigure } from "./baseline";

/** The starting figures of a project: what is counted, from what to what, and their source. */
export function BaselineText({ baseline }: { baseline: Baseline }) {
  const { t } = useTranslation();
  const { number, percent } = useFormat();
  const figure = baselineFigure(baseline);
  if (figure === null) return null;
  const { unit } = baseline;

  const main = {
    change: () =>
      figure.kind === "change" &&
      t("baseline.change", { before: number(figure.before), after: number(figure.after), unit }),
    share: () =>
      figure.kind === "share" &&
      t("baseline.share", { now: number(figure.now), total: number(figure.total), unit }),
    now: () => figure.kind === "now" && t("baseline.now", { now: number(figure.now), unit }),
  }[figure.kind]();

  return (
    <div className="rounded-8 bg-solid-gray-50 p-4">
      <p className="text-dns-14B-130 text-solid-gray-700">{baseline.metric}</p>
      <p className="text-std-20B-150 text-solid-gray-900 tabular-nums">
        {main}
        {figure.kind !== "now" && figure.rate !== null && (
          <span className="ml-2 whitespace-nowrap text-std-16B-170">
            {figure.kind === "share"
              ? t("baseline.rate", { rate: percent(figure.rate, 1) })
              : figure.rate >= 0
                ? t("baseline.less", { rate: percent(figure.rate, 1) })
                : t("baseline.more", { rate: percent(-figure.rate, 1) })}
          </span>
        )}
      </p>
      {figure.kind === "change" && baseline.total !== null && (
        <p className="text-dns-14N-130 text-solid-gray-700">
          {t("baseline.total", { total: number(baseline.total) })}
        </p>
      )}
      {baseline.note !== "" && (
        <p className="mt-1 text-dns-14N-130 text-solid-gray-700">{baseline.note}</p>
      )}
    </div>
  );
}
