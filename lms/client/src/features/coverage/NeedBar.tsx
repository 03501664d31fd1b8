import { useTranslation } from "react-i18next";

import type { NeedNumbers } from "../../api/contract";

type Counts = Pick<NeedNumbers, "needed" | "leaving" | "expiring" | "secure" | "shortage">;

const PARTS = ["secure", "expiring", "leaving", "shortage"] as const;

/** Holders against what is needed, drawn to scale; the numbers stand below in words. */
export function NeedBar(counts: Counts) {
  const { t } = useTranslation();
  const { needed, leaving, expiring, secure, shortage } = counts;
  const whole = Math.max(secure + expiring + leaving + shortage, 1);
  const holders = secure + expiring + leaving;
  return (
    <div className="flex min-w-40 flex-col gap-1">
      <div aria-hidden="true" className="need-bar">
        {PARTS.filter((part) => counts[part] > 0).map((part) => (
          <span
            key={part}
            data-part={part}
            style={{ width: `${String((counts[part] / whole) * 100)}%` }}
          />
        ))}
        {needed > 0 && (
          <i style={{ left: `${String(Math.min(needed / whole, 1) * 100)}%` }} />
        )}
      </div>
      <p className="text-dns-14N-130 tabular-nums">
        {t("coverage.counts", { needed, holders })}
        {leaving > 0 && t("coverage.countLeaving", { count: leaving })}
        {expiring > 0 && t("coverage.countExpiring", { count: expiring })}
      </p>
    </div>
  );
}

/** What the parts of the bars mean. */
export function NeedBarLegend() {
  const { t } = useTranslation();
  const texts = {
    secure: t("coverage.legend.secure"),
    expiring: t("coverage.legend.expiring"),
    leaving: t("coverage.legend.leaving"),
    shortage: t("coverage.legend.shortage"),
  };
  return (
    <ul
      aria-label={t("coverage.legend.label")}
      className="flex flex-wrap gap-x-6 gap-y-2 text-dns-14N-130"
    >
      {PARTS.map((part) => (
        <li key={part} className="flex items-center gap-2">
          <span aria-hidden="true" className="need-bar w-8">
            <span data-part={part} style={{ width: "100%" }} />
          </span>
          {texts[part]}
        </li>
      ))}
      <li className="flex items-center gap-2">
        <span aria-hidden="true" className="need-bar w-8">
          <i style={{ left: "50%" }} />
        </span>
        {t("coverage.legend.needed")}
      </li>
    </ul>
  );
}
