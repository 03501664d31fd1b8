import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";

import type { LearningPlan } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { Banner } from "../../components/Banner";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { officeDay } from "../../i18n/dates";
import { personSuggestionsAddress } from "../suggestions/addresses";
import { PlanForm } from "./PlanForm";
import { PlanGoals } from "./PlanGoals";
import { PlanLeft } from "./PlanLeft";
import { planQueryOf } from "./planSearch";
import { PlanSteps } from "./PlanSteps";
import { PlanSummary } from "./PlanSummary";
import { PlanWeeks } from "./PlanWeeks";
import { planChoicesQuery, planQuery } from "./queries";

/** The courses that lead to a project or a role, in order, with days: mine, or a member's. */
export function PlanPage() {
  const { t } = useTranslation();
  const { staffNumber } = useParams();
  const today = officeDay(new Date());
  const [search] = useSearchParams();
  const { data: choices, error, refetch } = useQuery(planChoicesQuery);
  const before =
    staffNumber === undefined
      ? { title: t("nav.skills"), to: "/skills" }
      : {
          title: t("suggestions.title"),
          to: personSuggestionsAddress(staffNumber),
        };
  return (
    <>
      <Breadcrumbs trail={[before, { title: t("plan.title") }]} />
      <PageHeading title={t("plan.title")}>
        <p className="max-w-3xl">{t("plan.intro")}</p>
      </PageHeading>
      {choices !== undefined ? (
        <>
          <PlanForm choices={choices} today={today} />
          <Asked query={planQueryOf(search, today)} staffNumber={staffNumber} />
        </>
      ) : error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading rows={4} />
      )}
    </>
  );
}

type AskedProps = { query: ReturnType<typeof planQueryOf>; staffNumber: string | undefined };

function Asked({ query, staffNumber }: AskedProps) {
  const { t } = useTranslation();
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...planQuery(query ?? {}, staffNumber),
    enabled: query !== null,
  });
  if (query === null) return <EmptyState>{t("plan.nothingChosen")}</EmptyState>;
  if (error !== null) {
    const isUnknown = [400, 404].includes(statusOf(error) ?? 0);
    return (
      <ErrorState
        error={error}
        {...(isUnknown ? { detail: t("plan.unknown") } : { onRetry: () => void refetch() })}
      />
    );
  }
  if (data === undefined) return <Loading rows={4} />;
  return (
    <div className="flex flex-col gap-10" aria-busy={isPlaceholderData}>
      <Plan plan={data} isMine={staffNumber === undefined} />
    </div>
  );
}

function Plan({ plan, isMine }: { plan: LearningPlan; isMine: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <section className="flex flex-col gap-4">
        <h2 className="text-std-22B-150">
          {isMine
            ? t("plan.heading", { title: plan.aim.title })
            : t("plan.headingOf", { name: plan.person.name, title: plan.aim.title })}
        </h2>
        <PlanSummary plan={plan} />
        {plan.are_targets_hidden && <Banner tone="info" title={t("plan.hidden")} />}
      </section>
      {plan.steps.length > 0 && (
        <PlanSteps steps={plan.steps} isProven={plan.is_proven} isMine={isMine} />
      )}
      <PlanLeft goals={plan.goals.filter(({ state }) => state === "left")} />
      <PlanGoals goals={plan.goals} />
      {plan.weeks.length > 0 && <PlanWeeks weeks={plan.weeks} />}
    </>
  );
}
