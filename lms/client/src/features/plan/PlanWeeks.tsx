import { useTranslation } from "react-i18next";

import type { PlanWeek } from "../../api/contract";
import { useFormat } from "../../i18n/useFormat";
import { useDuration } from "./useDuration";

const HEAD = "border-b border-solid-gray-420 bg-solid-gray-50 px-3 py-2 text-dns-14B-130";
const CELL = "border-b border-solid-gray-200 px-3 py-2 align-top";

/** What is done in which week. */
export function PlanWeeks({ weeks }: { weeks: PlanWeek[] }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const duration = useDuration();
  return (
    <table className="w-full max-w-4xl border-collapse text-left">
      <caption className="pb-3 text-left text-std-22B-150 text-solid-gray-900">
        {t("plan.weeks")}
      </caption>
      <thead>
        <tr>
          <th scope="col" className={HEAD}>
            {t("plan.week")}
          </th>
          <th scope="col" className={HEAD}>
            {t("plan.weekParts")}
          </th>
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, index) => (
          <tr key={week.starts_on}>
            <th scope="row" className={`${CELL} font-normal`}>
              <span className="block font-bold">{t("plan.weekNumber", { number: index + 1 })}</span>
              <span className="block text-dns-14N-130 text-solid-gray-700">
                {t("plan.span", { from: date(week.starts_on), to: date(week.ends_on) })}
              </span>
            </th>
            <td className={CELL}>
              <ul className="flex flex-col gap-1">
                {week.parts.map(({ course, minutes }) => (
                  <li key={course.key} className="flex flex-wrap justify-between gap-x-4">
                    <span>{course.title}</span>
                    <span className="tabular-nums">{duration(minutes)}</span>
                  </li>
                ))}
              </ul>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
