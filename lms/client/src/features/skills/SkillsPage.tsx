import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Outlet, useSearchParams } from "react-router";

import type { MySkills } from "../../api/contract";
import { mySkillsQuery } from "../../api/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { ScaleLegend } from "../../components/ScaleLegend";
import { Loading } from "../../components/Skeleton";
import { useFormat } from "../../i18n/useFormat";
import { PlanLink } from "../plan/PlanLink";
import { ExpiringSkills } from "./ExpiringSkills";
import { groupSkills, hasGap } from "./groupSkills";
import { MySkillsNav } from "./MySkillsNav";
import { SkillTable } from "./SkillTable";
import { SkillsSummary } from "./SkillsSummary";
import { StandingCharts } from "./StandingCharts";

export function SkillsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(mySkillsQuery);
  return (
    <>
      <PageHeading title={t("skills.title")}>
        <p className="max-w-3xl">{t("skills.intro")}</p>
      </PageHeading>
      <MySkillsNav />
      {data !== undefined ? (
        <Skills skills={data} />
      ) : error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading rows={5} />
      )}
    </>
  );
}

function Skills({ skills }: { skills: MySkills }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const [search, setSearch] = useSearchParams();
  const onlyGaps = search.has("gaps");
  const rows = onlyGaps ? skills.competencies.filter(hasGap) : skills.competencies;

  return (
    <div className="flex flex-col gap-8">
      <SkillsSummary summary={skills.summary} />
      <PlanLink />
      <StandingCharts rows={skills.categories} asOf={skills.as_of} />
      <ExpiringSkills rows={skills.expiring} until={skills.expiring_until} />
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <label className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            className="size-6 accent-key-900"
            checked={onlyGaps}
            onChange={(event) => setSearch(event.target.checked ? { gaps: "" } : {}, { replace: true })}
          />
          {t("skills.onlyGaps")}
        </label>
        <p className="text-dns-16N-130 text-solid-gray-700">
          {t("skills.asOf", { date: date(skills.as_of) })}
        </p>
      </div>
      {rows.length === 0 && (
        <EmptyState>{onlyGaps ? t("skills.noGaps") : t("skills.empty")}</EmptyState>
      )}
      {groupSkills(rows).map(({ framework, groups }) => (
        <SkillTable key={framework.key} framework={framework} groups={groups} />
      ))}
      <ScaleLegend scale={skills.scale} />
      {skills.framework_note !== "" && (
        <p className="text-dns-14N-130 whitespace-pre-line text-solid-gray-700">
          {skills.framework_note}
        </p>
      )}
      <Outlet context={skills.scale} />
    </div>
  );
}
