import { useTranslation } from "react-i18next";

import type { RiskReason } from "../../api/contract";
import { Tag, type TagTone } from "../../components/Tag";

const LOOKS = {
  short_now: { tone: "error", sign: "×" },
  short_after_leavings: { tone: "warning", sign: "▼" },
  short_after_expiries: { tone: "warning", sign: "▽" },
  single_holder: { tone: "neutral", sign: "１" },
} as const satisfies Record<RiskReason, { tone: TagTone; sign: string }>;

const TEXTS = {
  short_now: "coverage.reasons.short_now",
  short_after_leavings: "coverage.reasons.short_after_leavings",
  short_after_expiries: "coverage.reasons.short_after_expiries",
  single_holder: "coverage.reasons.single_holder",
} as const;

/** Why a need is at risk: a sign and words, so that colour only repeats it. */
export function ReasonTag({ reason, count }: { reason: RiskReason; count?: number }) {
  const { t } = useTranslation();
  const { tone, sign } = LOOKS[reason];
  return (
    <Tag tone={tone}>
      <span aria-hidden="true" className="mr-1">
        {sign}
      </span>
      {t(TEXTS[reason])}
      {count !== undefined && <span className="ml-1 tabular-nums">{count}</span>}
    </Tag>
  );
}
