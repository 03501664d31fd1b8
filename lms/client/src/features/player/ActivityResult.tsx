import { useTranslation } from "react-i18next";

import type { Activity } from "../../api/contract";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";

/** Whether an exercise is done, its best score, and the score that passes. */
export function ActivityResult({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  const { done, best_score, pass_mark, attempts } = activity;
  return (
    <p className="flex flex-wrap items-center gap-2 text-dns-14N-130 text-solid-gray-700">
      {pass_mark !== null && (
        <span>
          {pass_mark >= 1
            ? t("player.passWithAll")
            : t("player.passMark", { mark: percent(pass_mark) })}
        </span>
      )}
      {best_score !== null && <span>{t("player.bestScore", { score: percent(best_score) })}</span>}
      {activity.granted ? (
        <Tag tone="success">{t("lesson.granted")}</Tag>
      ) : done ? (
        <Tag tone="success">{t("player.done")}</Tag>
      ) : attempts > 0 ? (
        <Tag tone="warning">{t("player.tryAgain")}</Tag>
      ) : (
        <Tag tone="neutral">{t("player.notYet")}</Tag>
      )}
    </p>
  );
}
