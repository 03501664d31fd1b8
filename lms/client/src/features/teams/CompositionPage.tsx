import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";

import type { Composition, CompositionAsked } from "../../api/contract";
import { ApiError, statusOf } from "../../api/errors";
import { NotFoundPage } from "../../app/NotFoundPage";
import { announce } from "../../components/announcements";
import { Banner } from "../../components/Banner";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { useFormat } from "../../i18n/useFormat";
import { compareAddress, compositionAddress, TEAMS } from "./addresses";
import { AdoptionPart } from "./AdoptionPart";
import { again, type Choice, type Choices, chosen } from "./asking";
import { AskedPart } from "./AskedPart";
import { ChoicesPart } from "./ChoicesPart";
import { ImpossiblePart } from "./ImpossiblePart";
import { askTeams, compositionQuery } from "./queries";
import { isUnderWay } from "./standing";
import { StandingPart } from "./StandingPart";
import { TeamCard } from "./TeamCard";

export function CompositionPage() {
  const { uuid = "" } = useParams();
  const { data, error, refetch } = useQuery(compositionQuery(uuid));
  if (data !== undefined) return <View key={uuid} composition={data} />;
  if (statusOf(error) === 404) return <NotFoundPage />;
  return error === null ? <Loading /> : <ErrorState error={error} onRetry={() => void refetch()} />;
}

/** The teams as found so far, what may be changed, and what becomes of them. */
function View({ composition }: { composition: Composition }) {
  const { t } = useTranslation();
  const { dateTime } = useFormat();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { request, teams, impossible, breaches, earlier } = composition;
  const [choices, setChoices] = useState<Choices>({
    pins: composition.pins,
    forbids: composition.forbids,
  });
  useSpokenStanding(composition);
  const asking = useMutation({
    mutationFn: (body: CompositionAsked) => askTeams(body),
    onSuccess: async (made) => {
      queries.setQueryData(compositionQuery(made.request.uuid).queryKey, made);
      announce(t("teams.form.begun"));
      await navigate(compositionAddress(made.request.uuid));
    },
  });
  const choose = (choice: Choice, one: Composition["pins"][number]) => {
    setChoices(chosen(choices, one, choice));
    const values = { name: one.person.name };
    announce(
      choice === "pin"
        ? t("teams.choice.pinned", values)
        : choice === "forbid"
          ? t("teams.choice.forbidden", values)
          : t("teams.choice.freed", values),
    );
  };
  const title =
    request.projects.length === 1
      ? t("teams.of", { title: request.projects[0]?.title })
      : t("teams.ofMany", { count: request.projects.length });
  const underWay = isUnderWay(request);
  return (
    <>
      <Breadcrumbs trail={[{ title: t("teams.title"), to: TEAMS }, { title }]} />
      <PageHeading title={title}>
        <p className="text-dns-16N-130 text-solid-gray-700">
          {t("teams.askedBy", { date: dateTime(request.asked_at), name: request.asked_by })}
        </p>
        {earlier !== null && (
          <p className="flex flex-wrap gap-x-6 gap-y-2">
            <Link className="link" to={compositionAddress(earlier)}>
              {t("teams.earlier")}
            </Link>
            {!underWay && (
              <Link className="link" to={compareAddress(earlier, request.uuid)}>
                {t("teams.compareEarlier")}
              </Link>
            )}
          </p>
        )}
      </PageHeading>
      <StandingPart composition={composition} />
      <AskedPart composition={composition} />
      {asking.isError && (
        <ErrorState
          error={asking.error}
          title={t("teams.form.notAsked")}
          {...(asking.error instanceof ApiError && { detail: asking.error.message })}
        />
      )}
      {impossible.length > 0 && (
        <ImpossiblePart
          impossible={impossible}
          isAsking={asking.isPending}
          onRelax={(ways) => asking.mutate(again(composition, choices, ways))}
        />
      )}
      {breaches.length > 0 && (
        <Banner tone="warning" title={t("teams.broken")}>
          <ul className="list-disc pl-6">
            {breaches.map((one) => (
              <li key={one.text}>{one.text}</li>
            ))}
          </ul>
        </Banner>
      )}
      <section aria-labelledby="teams-found" className="flex flex-col gap-6">
        <h2 id="teams-found" className="text-std-22B-150">
          {t("teams.found", { count: teams.length })}
        </h2>
        {teams.length === 0 ? (
          <EmptyState>{t(underWay ? "teams.noneYet" : "teams.none")}</EmptyState>
        ) : (
          teams.map((team) => (
            <TeamCard
              key={team.project.key}
              team={team}
              choices={choices}
              onChoose={(choice, person) => choose(choice, { person, project: team.project })}
            />
          ))
        )}
      </section>
      <ChoicesPart
        composition={composition}
        choices={choices}
        isAsking={asking.isPending}
        onChoose={choose}
        onAsk={() => asking.mutate(again(composition, choices))}
      />
      <AdoptionPart composition={composition} />
    </>
  );
}

/** Says when a first answer is there, and when nothing better will come; not what stays the same. */
function useSpokenStanding({ request, teams }: Composition) {
  const { t } = useTranslation();
  const said = useRef(request.is_final ? "final" : "");
  const now = request.is_final ? "final" : teams.length > 0 ? "first" : "";
  useEffect(() => {
    if (said.current === now) return;
    said.current = now;
    if (now === "first") announce(t("teams.standing.first"));
    if (now === "final") announce(request.status_text);
  }, [now, request.status_text, t]);
}
