import { useTranslation } from "react-i18next";

import { Tag, type TagTone } from "../../components/Tag";
import { type GapState, gapState } from "./gapState";

const TONES: Record<Exclude<GapState, "none">, TagTone> = {
  met: "success",
  one_short: "warning",
  lacking: "error",
};

/** The distance to the target, in words. */
export function GapText({ gap }: { gap: number | null }) {
  const { t } = useTranslation();
  const state = gapState(gap);
  if (gap === null || state === "none") {
    return <span className="text-solid-gray-700">{t("gap.noTarget")}</span>;
  }
  return <Tag tone={TONES[state]}>{state === "met" ? t("gap.met") : t("gap.missing", { count: gap })}</Tag>;
}
