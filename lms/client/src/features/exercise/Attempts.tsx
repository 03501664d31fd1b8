import { useTranslation } from "react-i18next";

import type { DataExercise } from "../../api/contract";
import { Button } from "../../components/Button";
import { Tag } from "../../components/Tag";
import { moment } from "../../i18n/dates";
import { useFormat, useLanguage } from "../../i18n/useFormat";

type Props = {
  courseKey: string;
  exercise: DataExercise;
  shown: number | null;
  onShow: (number: number) => void;
};

/** What was handed in so far, newest first; any of it can be looked at again. */
export function Attempts({ courseKey, exercise, shown, onShow }: Props) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  const language = useLanguage();
  const older = exercise.attempt_count - exercise.attempts.length;
  return (
    <section className="flex flex-col gap-3 border-t border-solid-gray-200 pt-6">
      <h4 className="text-std-17B-170">
        {t("exercise.history", { count: exercise.attempt_count })}
      </h4>
      <ul className="divide-y divide-solid-gray-200">
        {exercise.attempts.map((row) => (
          <li key={row.number} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
            <span className="tabular-nums">{moment(row.at, language)}</span>
            <span className="font-bold tabular-nums">
              {percent(Math.floor(row.score * 100) / 100)}
            </span>
            {row.is_passed !== null && (
              <Tag tone={row.is_passed ? "success" : "warning"}>
                {row.is_passed ? t("exercise.passed") : t("exercise.notPassed")}
              </Tag>
            )}
            <a
              href={`/api/v1/courses/${courseKey}/exercises/${exercise.key}/attempts/${row.number}/file/`}
              download={row.file_name}
              className="link break-all"
            >
              <span className="sr-only">{t("exercise.mine") + t("common.colon")}</span>
              {row.file_name}
            </a>
            {row.number === shown ? (
              <span className="ml-auto text-dns-14N-130 text-solid-gray-700">
                {t("exercise.shown")}
              </span>
            ) : (
              <Button
                variant="text"
                size="sm"
                className="ml-auto"
                onClick={() => onShow(row.number)}
              >
                {t("exercise.show")}
                <span className="sr-only">{moment(row.at, language)}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {older > 0 && <p className="text-solid-gray-700">{t("exercise.older", { count: older })}</p>}
    </section>
  );
}
