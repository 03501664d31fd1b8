import { useTranslation } from "react-i18next";

import { Tag, type TagTone } from "../../components/Tag";
import { type DueState, dueState, officeDay } from "../../i18n/dates";
import { useFormat } from "../../i18n/useFormat";

const TONES: Record<DueState["kind"], TagTone> = {
  overdue: "alarm",
  today: "error",
  soon: "warning",
  later: "neutral",
};

const TEXTS = {
  overdue: "due.overdue",
  today: "due.today",
  soon: "due.left",
  later: "due.left",
} as const;

/** The due date and how many days are left to it, or have passed since. */
export function DueDate({ dueOn, isNamed = false }: { dueOn: string; isNamed?: boolean }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { kind, days } = dueState(dueOn, officeDay(new Date()));
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {isNamed ? t("due.on", { date: date(dueOn) }) : date(dueOn)}
      <Tag tone={TONES[kind]}>{t(TEXTS[kind], { count: days })}</Tag>
    </span>
  );
}
