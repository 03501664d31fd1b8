import { useMutation, useQuery } from "@tanstack/react-query";
import { useReducer, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { useMe } from "../../app/useMe";
import { announce } from "../../components/announcements";
import { Banner } from "../../components/Banner";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { InputField } from "../../components/Field";
import { PageHeading } from "../../components/PageHeading";
import { PersonSearch } from "../../components/PersonSearch";
import { Loading } from "../../components/Skeleton";
import { CoverageNav } from "./CoverageNav";
import { MoveCard } from "./MoveCard";
import { asked, nextApril, NO_PLAN, type PlannedMove, planned, type PlanStep } from "./moves";
import { PersonnelWhatIf } from "./PersonnelWhatIf";
import { askWhatIf, movablePeopleQuery, whatIfChoicesQuery } from "./queries";
import { WhatIfResult } from "./WhatIfResult";

type Question = { on: string; moves: PlannedMove[] };

/** Move people on a day, and see which skills fall under what is needed where. Writes nothing. */
export function WhatIfPage() {
  const { t } = useTranslation();
  const choices = useQuery(whatIfChoicesQuery);
  const { admin_url: adminUrl } = useMe();
  const file = useSearchParams()[0].get("personnel");
  const [plan, take] = useReducer(planned, NO_PLAN);
  const [on, setOn] = useState(() => nextApril(new Date()));
  const asking = useMutation({
    mutationFn: ({ on: day, moves }: Question) => askWhatIf(day, asked(moves)),
    onSuccess: ({ changes }) => announce(t("whatIf.done", { count: changes.length })),
  });
  const { moves, earlier } = plan;
  const step = (next: PlanStep, said: string) => {
    take(next);
    announce(said);
  };
  const chosen = new Set(moves.map(({ person }) => person.staff_number));
  const isStale =
    asking.isSuccess && (asking.variables.on !== on || asking.variables.moves !== moves);

  return (
    <>
      <PageHeading title={t("whatIf.title")}>
        <p className="max-w-3xl">{t("whatIf.intro")}</p>
      </PageHeading>
      <CoverageNav />
      {file !== null ? (
        <PersonnelWhatIf uuid={file} />
      ) : adminUrl !== null && (
        <p>
          <a className="link" href={`${adminUrl}personnel/`}>
            {t("whatIf.fromFile")}
          </a>
        </p>
      )}
      <section aria-labelledby="what-if-people" className="flex flex-col gap-4">
        <h2 id="what-if-people" className="text-std-22B-150">
          {t("whatIf.people")}
        </h2>
        <PersonSearch
          label={t("whatIf.search")}
          query={movablePeopleQuery}
          posting={({ department, tier }) =>
            `${department?.title ?? t("whatIf.noPosting")} ${tier?.title ?? ""}`.trim()
          }
          actions={(person) => {
            const { name } = person;
            const isChosen = chosen.has(person.staff_number);
            return (
              <Button
                variant="outline"
                size="sm"
                disabled={isChosen}
                aria-label={t(isChosen ? "whatIf.isChosenFor" : "whatIf.addFor", { name })}
                onClick={() => step({ kind: "add", person }, t("whatIf.added", { name }))}
              >
                {t(isChosen ? "whatIf.isChosen" : "whatIf.add")}
              </Button>
            );
          }}
        />
      </section>
      <section aria-labelledby="what-if-plan" className="flex flex-col gap-4">
        <h2 id="what-if-plan" className="text-std-22B-150">
          {t("whatIf.plan", { count: moves.length })}
        </h2>
        {choices.error !== null ? (
          <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />
        ) : choices.data === undefined ? (
          <Loading rows={1} />
        ) : moves.length === 0 ? (
          <EmptyState>{t("whatIf.empty")}</EmptyState>
        ) : (
          <ul className="flex flex-col gap-4">
            {moves.map((move) => (
              <li key={move.person.staff_number}>
                <MoveCard move={move} choices={choices.data} onStep={step} />
              </li>
            ))}
          </ul>
        )}
        <div className="flex flex-wrap items-end gap-3">
          <div className="w-44">
            <InputField
              isCompact
              type="date"
              required
              label={t("whatIf.on")}
              value={on}
              onChange={(event) => setOn(event.target.value)}
            />
          </div>
          <Button
            size="sm"
            className="h-10"
            disabled={moves.length === 0 || on === "" || asking.isPending}
            onClick={() => asking.mutate({ on, moves })}
          >
            {t("whatIf.ask")}
          </Button>
          <Button
            variant="outline"
            size="sm"
            className="h-10"
            disabled={earlier.length === 0}
            onClick={() => step({ kind: "undo" }, t("whatIf.undone"))}
          >
            {t("whatIf.undo")}
          </Button>
          <Button
            variant="outline"
            size="sm"
            className="h-10"
            disabled={moves.length === 0}
            onClick={() => {
              step({ kind: "reset" }, t("whatIf.wasReset"));
              asking.reset();
            }}
          >
            {t("whatIf.reset")}
          </Button>
        </div>
      </section>
      {asking.isPending && <Loading rows={2} />}
      {asking.isError && <ErrorState error={asking.error} />}
      {asking.isSuccess && (
        <section aria-labelledby="what-if-result" className="flex flex-col gap-4">
          <h2 id="what-if-result" className="text-std-22B-150">
            {t("whatIf.result")}
          </h2>
          {isStale && (
            <Banner tone="warning" title={t("whatIf.stale")}>
              <p>{t("whatIf.staleHelp")}</p>
            </Banner>
          )}
          <WhatIfResult found={asking.data} />
        </section>
      )}
    </>
  );
}
