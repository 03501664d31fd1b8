import { useTranslation } from "react-i18next";

import type { PlanGoal } from "../../api/contract";
import { LevelMark } from "../../components/LevelMark";
import { Tag } from "../../components/Tag";

const STATES = {
  met: { tone: "success", text: "plan.state.met" },
  closes: { tone: "key", text: "plan.state.closes" },
  left: { tone: "warning", text: "plan.state.left" },
} as const;
const HEAD = "border-b border-solid-gray-420 bg-solid-gray-50 px-3 py-2 text-dns-14B-130";
const CELL = "border-b border-solid-gray-200 px-3 py-3";

/** Every skill that is asked for, with where one stands and where the plan leads. */
export function PlanGoals({ goals }: { goals: PlanGoal[] }) {
  const { t } = useTranslation();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
    <div role="region" aria-label={t("plan.goals")} tabIndex={0} className="overflow-x-auto">
      <table className="w-full min-w-136 max-w-4xl border-collapse text-left">
        <caption className="pb-3 text-left text-std-22B-150 text-solid-gray-900">
          {t("plan.goals")}
        </caption>
        <thead>
          <tr>
            {(["skills.competency", "project.needed", "project.myLevel", "plan.afterPlan"] as const).map(
              (text) => (
                <th key={text} scope="col" className={HEAD}>
                  {t(text)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {goals.map(({ competency, needed, level, reached, state, is_must: isMust }) => (
            <tr key={competency.key}>
              <th scope="row" className={`${CELL} font-normal`}>
                <span className="mr-2">{competency.title}</span>
                {isMust && <Tag tone="error">{t("suggestions.must")}</Tag>}
              </th>
              <td className={`${CELL} tabular-nums`}>{needed}</td>
              <td className={CELL}>
                <LevelMark level={level} target={needed} />
              </td>
              <td className={CELL}>
                <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <span className="tabular-nums">
                    {state === "left" && reached === 0 ? "–" : Math.max(reached, level ?? 0)}
                  </span>
                  <Tag tone={STATES[state].tone}>{t(STATES[state].text)}</Tag>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
