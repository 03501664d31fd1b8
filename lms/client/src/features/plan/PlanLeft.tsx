import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { PlanGoal } from "../../api/contract";
import { Tag } from "../../components/Tag";

/** What courses do not reach, and what else does. */
export function PlanLeft({ goals }: { goals: PlanGoal[] }) {
  const { t } = useTranslation();
  if (goals.length === 0) return null;
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-std-22B-150">{t("plan.leftOver")}</h2>
      <p className="max-w-3xl">{t("plan.leftOverHelp")}</p>
      <ul className="grid gap-4 lg:grid-cols-2">
        {goals.map((goal) => (
          <li
            key={goal.competency.key}
            className="flex flex-col gap-3 rounded-12 border border-solid-gray-420 p-4"
          >
            <h3 className="flex flex-wrap items-center gap-2 text-std-18B-160">
              {goal.competency.title}
              {goal.is_must && <Tag tone="error">{t("suggestions.must")}</Tag>}
            </h3>
            <p>
              {t(goal.reached === 0 ? "plan.noneReached" : "plan.reached", {
                needed: goal.needed,
                reached: goal.reached,
              })}
            </p>
            <ul className="flex list-disc flex-col gap-1 pl-6 text-dns-16N-130">
              {goal.project !== null && (
                <li>
                  {t("plan.byProject")}
                  <Link
                    to={`/projects/${encodeURIComponent(goal.project.key)}`}
                    className="link"
                  >
                    {goal.project.title}
                  </Link>
                </li>
              )}
              {goal.by_mentor && <li>{t("plan.byMentor")}</li>}
              {goal.otherwise !== "" && <li>{goal.otherwise}</li>}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
