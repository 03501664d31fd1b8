import { useTranslation } from "react-i18next";

import type { CompositionRow } from "../../api/contract";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { stateOf } from "./standing";

type Props = {
  row: Pick<CompositionRow, "status" | "is_final" | "has_failed">;
  /** How far from the bound, where that is to be told. */
  gap?: number | null;
};

/** How good a composition is, in a few words. */
export function StateTag({ row, gap = null }: Props) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  const { text, tone } = stateOf(row);
  return (
    <Tag tone={tone}>
      {row.status === "within" && gap !== null && !row.has_failed
        ? t("teams.state.withinPercent", { percent: percent(gap, 1) })
        : t(text)}
    </Tag>
  );
}
