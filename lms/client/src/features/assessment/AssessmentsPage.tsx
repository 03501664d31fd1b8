import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { CampaignRow } from "../../api/contract";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { CORRECTIONS } from "./addresses";
import { CampaignCard } from "./CampaignCard";
import { campaignsQuery } from "./queries";
import { byStanding } from "./standing";

/** Campaigns that ask something of me, with what is mine to do; those over stand below. */
export function AssessmentsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(campaignsQuery);
  return (
    <>
      <PageHeading title={t("assessment.title")}>
        <p className="max-w-3xl">{t("assessment.intro")}</p>
        <p>
          <Link to={CORRECTIONS} className="link">
            {t("correction.title")}
          </Link>
        </p>
      </PageHeading>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={3} />
      ) : (
        <Lists rows={data} />
      )}
    </>
  );
}

function Lists({ rows }: { rows: CampaignRow[] }) {
  const { t } = useTranslation();
  const { open, over } = byStanding(rows);
  return (
    <div className="flex flex-col gap-12">
      <Section title={t("assessment.open")} rows={open} empty={t("assessment.noneOpen")} />
      {over.length > 0 && <Section title={t("assessment.over")} rows={over} empty="" />}
    </div>
  );
}

function Section({ title, rows, empty }: { title: string; rows: CampaignRow[]; empty: string }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4">
      <h2 id={id} className="text-std-22B-150">
        {title}
      </h2>
      {rows.length === 0 ? (
        <EmptyState>{empty}</EmptyState>
      ) : (
        <ul className="flex flex-col gap-4">
          {rows.map((row) => (
            <CampaignCard key={row.campaign.key} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
}
