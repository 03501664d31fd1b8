import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { LearningRow } from "../../api/contract";
import { recordQuery } from "../record/queries";
import { sortLearning } from "./sortLearning";

/** Where I stand, in four numbers. */
export function LearningSummary({ rows }: { rows: LearningRow[] }) {
  const { t } = useTranslation();
  const { data: record } = useQuery(recordQuery);
  const { toDo, done } = sortLearning(rows);
  const minutes = record?.reduce((sum, row) => sum + row.minutes_spent, 0);
  const overdue = toDo.filter((row) => row.is_overdue).length;
  const time =
    minutes === undefined
      ? t("record.none")
      : minutes < 60
        ? t("record.minutes", { count: minutes })
        : t("home.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return (
    <section aria-labelledby="summary" className="flex flex-col gap-4">
      <h2 id="summary" className="text-std-22B-150">
        {t("home.summary")}
      </h2>
      <dl className="grid flex-1 grid-cols-2 content-center gap-6 rounded-12 border border-solid-gray-420 bg-white p-4 md:p-6">
        <Number name={t("home.overdue")} isBad={overdue > 0}>
          {t("home.count", { count: overdue })}
        </Number>
        <Number name={t("home.open")}>{t("home.count", { count: toDo.length })}</Number>
        <Number name={t("home.finished")}>{t("home.count", { count: done.length })}</Number>
        <Number name={t("record.time")}>{time}</Number>
      </dl>
    </section>
  );
}

type NumberProps = { name: string; isBad?: boolean; children: ReactNode };

function Number({ name, isBad = false, children }: NumberProps) {
  return (
    <div className="min-w-0">
      <dt className="text-dns-14N-130 text-solid-gray-700">{name}</dt>
      <dd className={`text-std-20B-150 tabular-nums ${isBad ? "text-error-1" : ""}`}>{children}</dd>
    </div>
  );
}
