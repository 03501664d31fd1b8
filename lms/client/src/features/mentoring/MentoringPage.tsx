import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";

import type { MentorPair } from "../../api/contract";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { MentoringNav } from "./MentoringNav";
import { OfferCard } from "./OfferCard";
import { PairCard } from "./PairCard";
import { myPairsQuery } from "./queries";
import { byStanding } from "./standing";
import { WillingPart } from "./WillingPart";

/** What I am asked, my pairs with their sessions, and what I offer and wish for. */
export function MentoringPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(myPairsQuery);
  return (
    <>
      <PageHeading title={t("mentoring.title")}>
        <p className="max-w-3xl">{t("mentoring.intro")}</p>
      </PageHeading>
      <MentoringNav />
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={2} />
      ) : (
        <Pairs pairs={data} />
      )}
      <WillingPart />
    </>
  );
}

function Pairs({ pairs }: { pairs: MentorPair[] }) {
  const { t } = useTranslation();
  const { offers, running, over } = byStanding(pairs);
  const { hash } = useLocation();
  // A notice leads to its pair, which was not there yet when the browser looked for it.
  useEffect(() => {
    if (hash !== "") document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [hash]);
  return (
    <>
      {offers.length > 0 && (
        <Section id="mentoring-offers" title={t("mentoring.offers", { count: offers.length })}>
          {offers.map((pair) => (
            <OfferCard key={pair.uuid} pair={pair} />
          ))}
        </Section>
      )}
      <Section id="mentoring-pairs" title={t("mentoring.pairs")}>
        {running.length === 0 ? (
          <EmptyState>{t("mentoring.noPairs")}</EmptyState>
        ) : (
          running.map((pair) => <PairCard key={pair.uuid} pair={pair} />)
        )}
      </Section>
      {over.length > 0 && (
        <Section id="mentoring-over" title={t("mentoring.over")}>
          {over.map((pair) => (
            <PairCard key={pair.uuid} pair={pair} />
          ))}
        </Section>
      )}
    </>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4">
      <h2 id={id} className="text-std-22B-150">
        {title}
      </h2>
      {children}
    </section>
  );
}
