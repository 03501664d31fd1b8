import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { SuitedPair } from "../../api/contract";
import { announce } from "../../components/announcements";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { CardTable, CELL, ROW } from "../coverage/CardTable";
import { AllPairs } from "./AllPairs";
import { MentoringNav } from "./MentoringNav";
import { PairByHand } from "./PairByHand";
import { proposalsQuery, proposePairs, type Sides } from "./queries";
import { Refused } from "./Refused";

const PROPOSAL_HEADS = [
  "mentoring.office.mentor",
  "mentoring.office.learner",
  "mentoring.office.why",
  "mentoring.office.points",
  "mentoring.office.action",
] as const;

const DISTANCES = {
  same_section: "mentoring.office.distance.same_section",
  same_division: "mentoring.office.distance.same_division",
  elsewhere: "mentoring.office.distance.elsewhere",
} as const satisfies Record<SuitedPair["distance"], string>;

/** For the DX office: pairs that would suit and why, and how the pairs there are stand. */
export function MentoringOfficePage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeading title={t("mentoring.office.title")}>
        <p className="max-w-3xl">{t("mentoring.office.intro")}</p>
      </PageHeading>
      <MentoringNav />
      <Proposals />
      <PairByHand />
      <AllPairs />
    </>
  );
}

const sidesOf = ({ learner, mentor }: SuitedPair): Sides => ({
  learner: learner.staff_number,
  mentor: mentor.staff_number,
});

function Proposals() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(proposalsQuery);
  const proposing = useMutation({
    mutationFn: (sides: Sides[]) => proposePairs(sides),
    onSuccess: async ({ pairs }) => {
      await queries.invalidateQueries({ queryKey: ["mentoring"] });
      announce(t("mentoring.office.done", { count: pairs.length }));
    },
  });
  const pairs = data?.pairs ?? [];
  return (
    <section aria-labelledby="mentoring-proposals" className="flex flex-col gap-4">
      <h2 id="mentoring-proposals" className="text-std-22B-150">
        {t("mentoring.office.proposals")}
      </h2>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={2} />
      ) : (
        <>
          <p>{t("mentoring.office.counts", { offers: data.offers, wishes: data.wishes })}</p>
          {proposing.isError && <Refused error={proposing.error} />}
          {pairs.length === 0 ? (
            <EmptyState>{t("mentoring.office.noProposals")}</EmptyState>
          ) : (
            <>
              <CardTable
                caption={t("mentoring.office.proposals")}
                heads={PROPOSAL_HEADS.map((head) => t(head))}
              >
                {pairs.map((pair) => (
                  <Proposal
                    key={`${pair.learner.staff_number} ${pair.mentor.staff_number}`}
                    pair={pair}
                    isBusy={proposing.isPending}
                    onPropose={() => proposing.mutate([sidesOf(pair)])}
                  />
                ))}
              </CardTable>
              {pairs.length > 1 && (
                <div>
                  <Button
                    disabled={proposing.isPending}
                    onClick={() => proposing.mutate(pairs.map(sidesOf))}
                  >
                    {t("mentoring.office.proposeAll", { count: pairs.length })}
                  </Button>
                </div>
              )}
            </>
          )}
        </>
      )}
    </section>
  );
}

type ProposalProps = { pair: SuitedPair; isBusy: boolean; onPropose: () => void };

function Proposal({ pair, isBusy, onPropose }: ProposalProps) {
  const { t } = useTranslation();
  return (
    <tr className={ROW}>
      <th scope="row" className={`${CELL} font-normal`}>
        <span className="text-dns-14N-130 md:hidden">{t("mentoring.office.mentor")} </span>
        <Person person={pair.mentor} />
      </th>
      <td className={CELL}>
        <span className="text-dns-14N-130 md:hidden">{t("mentoring.office.learner")} </span>
        <Person person={pair.learner} />
      </td>
      <td className={CELL}>
        <ul className="flex flex-col gap-1">
          {pair.skills.map((skill) => (
            <li key={skill.competency.key}>
              {t(
                skill.learner_level === null
                  ? "mentoring.office.skillNew"
                  : "mentoring.office.skillFrom",
                {
                  title: skill.competency.title,
                  from: skill.learner_level,
                  level: skill.level,
                  mentor: skill.mentor_level,
                },
              )}
            </li>
          ))}
          <li className="text-dns-14N-130 text-solid-gray-700">
            {t(DISTANCES[pair.distance])}
            {t("common.comma")}
            {t("mentoring.office.hours", { count: pair.hours_per_month, pair: pair.pair_hours })}
          </li>
        </ul>
      </td>
      <td className={`${CELL} tabular-nums`}>
        {t("mentoring.office.pointsOf", { count: pair.points })}
      </td>
      <td className={CELL}>
        <Button
          size="sm"
          variant="outline"
          disabled={isBusy}
          aria-label={t("mentoring.office.proposeFor", {
            mentor: pair.mentor.name,
            learner: pair.learner.name,
          })}
          onClick={onPropose}
        >
          {t("mentoring.office.propose")}
        </Button>
      </td>
    </tr>
  );
}

function Person({ person }: { person: SuitedPair["mentor"] }) {
  return (
    <>
      <span className="font-bold md:block">{person.name}</span>{" "}
      <span className="text-dns-14N-130 text-solid-gray-700 md:block">{person.section}</span>
    </>
  );
}
