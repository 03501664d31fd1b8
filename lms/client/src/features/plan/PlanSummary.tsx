import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import type { LearningPlan } from "../../api/contract";
import { Banner } from "../../components/Banner";
import { useFormat } from "../../i18n/useFormat";
import { MOST_HOURS, withChoice } from "./planSearch";
import { useDuration } from "./useDuration";

/** When it ends, and where that is too late the two ways out. */
export function PlanSummary({ plan }: { plan: LearningPlan }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const duration = useDuration();
  if (plan.ends_on === null) {
    const isMet = plan.goals.every(({ state }) => state === "met");
    return (
      <Banner
        tone={isMet ? "success" : "info"}
        title={t(isMet ? "plan.allMet" : "plan.noCourses")}
      />
    );
  }
  const sum = t("plan.sum", {
    courses: plan.steps.length,
    duration: duration(plan.minutes),
    hours: plan.hours_per_week,
  });
  const ends = date(plan.ends_on);
  if (plan.before === null) {
    return (
      <Banner tone="info" title={t("plan.ends", { date: ends })}>
        <p>{sum}</p>
      </Banner>
    );
  }
  if (plan.is_in_time) {
    return (
      <Banner tone="success" title={t("plan.inTime", { before: date(plan.before), date: ends })}>
        <p>{sum}</p>
      </Banner>
    );
  }
  return (
    <Banner tone="warning" title={t("plan.late", { before: date(plan.before) })}>
      <p>{sum}</p>
      <WaysOut plan={plan} ends={plan.ends_on} before={plan.before} />
    </Banner>
  );
}

type WaysProps = { plan: LearningPlan; ends: string; before: string };

function WaysOut({ plan, ends, before }: WaysProps) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const [search] = useSearchParams();
  const { hours_needed: hours } = plan;
  return (
    <>
      <p>{t("plan.waysOut")}</p>
      <ul className="flex list-disc flex-col gap-2 pl-6">
        <li>
          <Link className="link" to={`?${withChoice(search, "before", ends).toString()}`}>
            {t("plan.later", { date: date(ends) })}
          </Link>
          {t("plan.laterWhy", { hours: plan.hours_per_week })}
        </li>
        {hours !== null && (
          <li>
            {hours <= MOST_HOURS ? (
              <>
                <Link
                  className="link"
                  to={`?${withChoice(search, "hours_per_week", String(hours)).toString()}`}
                >
                  {t("plan.moreHours", { hours })}
                </Link>
                {t("plan.moreHoursWhy", { date: date(before) })}
              </>
            ) : (
              t("plan.tooManyHours", { hours, date: date(before) })
            )}
          </li>
        )}
      </ul>
    </>
  );
}
