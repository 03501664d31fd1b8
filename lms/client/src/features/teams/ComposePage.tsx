import { useMutation, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";

import type { TeamChoices, TeamRules } from "../../api/contract";
import { ApiError } from "../../api/errors";
import { announce } from "../../components/announcements";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { SelectField } from "../../components/Field";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { compositionAddress, TEAMS } from "./addresses";
import { rulesAsked } from "./asking";
import { askTeams, teamChoicesQuery } from "./queries";
import { RuleFields } from "./RuleFields";

const SECONDS = [10, 30, 60, 120, 300] as const;
const USUAL_SECONDS = 60;

/** What to compose, under which rules, and how long to look for the best. */
export function ComposePage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { data, error, refetch } = useQuery(teamChoicesQuery);
  return (
    <>
      <Breadcrumbs trail={[{ title: t("teams.title"), to: TEAMS }, { title: t("teams.new") }]} />
      <PageHeading title={t("teams.new")}>
        <p className="max-w-3xl">{t("teams.form.intro")}</p>
      </PageHeading>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={4} />
      ) : data.projects.length === 0 ? (
        <EmptyState>{t("teams.form.noProjects")}</EmptyState>
      ) : (
        <Form choices={data} wanted={search.get("project")} />
      )}
    </>
  );
}

function Form({ choices, wanted }: { choices: TeamChoices; wanted: string | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const id = useId();
  const [project, setProject] = useState(
    choices.projects.some(({ key }) => key === wanted) ? (wanted ?? "") : "",
  );
  const [rules, setRules] = useState<TeamRules>(choices.rules);
  const [seconds, setSeconds] = useState(USUAL_SECONDS);
  const asking = useMutation({
    mutationFn: () =>
      askTeams({
        projects: project === "" ? [] : [project],
        rules: rulesAsked(rules),
        pins: [],
        forbids: [],
        seconds,
      }),
    onSuccess: async ({ request }) => {
      announce(t("teams.form.begun"));
      await navigate(compositionAddress(request.uuid));
    },
  });
  return (
    <form
      className="flex max-w-3xl flex-col gap-8"
      onSubmit={(event) => {
        event.preventDefault();
        asking.mutate();
      }}
    >
      <section aria-labelledby={`${id}-what`} className="flex flex-col gap-4">
        <h2 id={`${id}-what`} className="text-std-22B-150">
          {t("teams.form.what")}
        </h2>
        <SelectField
          label={t("teams.form.project")}
          value={project}
          onChange={(event) => setProject(event.target.value)}
        >
          <option value="">{t("teams.form.all", { count: choices.projects.length })}</option>
          {choices.projects.map((one) => (
            <option key={one.key} value={one.key}>
              {t("teams.form.one", {
                title: one.title,
                places: one.places,
                hours: one.hours_per_week,
                members: one.members,
              })}
            </option>
          ))}
        </SelectField>
        <p className="text-dns-16N-130 text-solid-gray-700">{t("teams.form.always")}</p>
      </section>
      <section aria-labelledby={`${id}-rules`} className="flex flex-col gap-4">
        <h2 id={`${id}-rules`} className="text-std-22B-150">
          {t("teams.form.rules")}
        </h2>
        <RuleFields rules={rules} critical={choices.critical} onChange={setRules} />
      </section>
      <section aria-labelledby={`${id}-time`} className="flex flex-col gap-4">
        <h2 id={`${id}-time`} className="text-std-22B-150">
          {t("teams.form.time")}
        </h2>
        <p className="text-dns-16N-130 text-solid-gray-700">{t("teams.form.timeHelp")}</p>
        <div className="w-60 max-w-full">
          <SelectField
            label={t("teams.form.seconds")}
            value={seconds}
            onChange={(event) => setSeconds(Number(event.target.value))}
          >
            {SECONDS.filter((one) => one <= choices.most_seconds).map((one) => (
              <option key={one} value={one}>
                {t("teams.form.upTo", { count: one })}
              </option>
            ))}
          </SelectField>
        </div>
      </section>
      {asking.isError && (
        <ErrorState
          error={asking.error}
          title={t("teams.form.notAsked")}
          {...(asking.error instanceof ApiError && { detail: asking.error.message })}
        />
      )}
      <div>
        <Button type="submit" size="lg" disabled={asking.isPending}>
          {t("teams.form.send")}
        </Button>
      </div>
    </form>
  );
}
