import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import type { AssessedPerson } from "../../api/contract";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { ButtonLink } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { ProgressBar } from "../../components/ProgressBar";
import { Loading } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { CardTable, CELL, ROW } from "../coverage/CardTable";
import { ASSESSMENTS, calibrationAddress, formAddress } from "./addresses";
import { campaignsQuery, teamQuery } from "./queries";
import { nextPerson } from "./standing";

/** The head's section: who has judged themselves, whom the head has assessed. */
export function TeamAssessmentPage() {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { campaignKey = "" } = useParams();
  const { data: people, error, refetch } = useQuery(teamQuery(campaignKey));
  const { data: campaigns } = useQuery(campaignsQuery);
  const row = campaigns?.find(({ campaign }) => campaign.key === campaignKey);
  const next = people === undefined ? null : nextPerson(people, "");
  const done = people?.filter((person) => person.head_done_at !== null).length ?? 0;
  const isOpen = row?.is_open ?? false;
  return (
    <>
      <Breadcrumbs trail={[{ title: t("assessment.title"), to: ASSESSMENTS }, { title: t("assessment.head") }]} />
      <PageHeading title={t("assessment.head")}>
        {row !== undefined && (
          <p>
            <span className="font-bold">{row.campaign.title}</span>
            <span className="block">{t("assessment.until", { date: date(row.campaign.due_on) })}</span>
          </p>
        )}
        <p className="max-w-3xl">{t("assessment.teamIntro")}</p>
      </PageHeading>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : people === undefined ? (
        <Loading rows={5} />
      ) : people.length === 0 ? (
        <EmptyState>{t("assessment.nobodyToAssess")}</EmptyState>
      ) : (
        <>
          <div className="max-w-xl">
            <ProgressBar
              label={t("assessment.teamProgress")}
              progress={{ done, total: people.length, fraction: done / people.length }}
            />
          </div>
          <div className="flex flex-wrap gap-3">
            {isOpen && next !== null && (
              <ButtonLink to={formAddress({ campaign: campaignKey, staffNumber: next.staff_number })}>
                {t("assessment.nextPerson", { name: next.name })}
              </ButtonLink>
            )}
            {done > 0 && (
              <ButtonLink variant="outline" to={calibrationAddress(campaignKey)}>
                {t("assessment.calibration")}
              </ButtonLink>
            )}
          </div>
          <CardTable
            caption={t("assessment.head")}
            heads={[t("assessment.person"), t("assessment.self"), t("assessment.head")]}
          >
            {people.map((person) => (
              <Person key={person.staff_number} person={person} campaign={campaignKey} />
            ))}
          </CardTable>
        </>
      )}
    </>
  );
}

function Person({ person, campaign }: { person: AssessedPerson; campaign: string }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { self_done_at: selfDone, head_done_at: headDone } = person;
  return (
    <tr className={ROW}>
      <th scope="row" className={`${CELL} text-left`}>
        <Link className="link" to={formAddress({ campaign, staffNumber: person.staff_number })}>
          {person.name}
        </Link>
        <span className="block text-dns-14N-130 font-normal text-solid-gray-700">
          {person.staff_number}
        </span>
      </th>
      <td className={CELL}>
        <span className="mr-2 md:hidden">{t("assessment.self")}</span>
        {selfDone === null ? (
          <Tag tone="neutral">{t("assessment.notYet")}</Tag>
        ) : (
          <Tag tone="success">{t("assessment.doneOn", { date: date(selfDone) })}</Tag>
        )}
      </td>
      <td className={CELL}>
        <span className="mr-2 md:hidden">{t("assessment.head")}</span>
        {headDone !== null ? (
          <Tag tone="success">{t("assessment.doneOn", { date: date(headDone) })}</Tag>
        ) : person.is_begun ? (
          <Tag tone="warning">{t("assessment.begun")}</Tag>
        ) : (
          <Tag tone="neutral">{t("assessment.notYet")}</Tag>
        )}
      </td>
    </tr>
  );
}
