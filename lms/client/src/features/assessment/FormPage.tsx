import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import type { AssessmentForm } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { Banner } from "../../components/Banner";
import { Breadcrumbs, type Crumb } from "../../components/Breadcrumbs";
import { Button, ButtonLink } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { useFormat } from "../../i18n/useFormat";
import { ASSESSMENTS, formAddress, teamAddress } from "./addresses";
import { AssessmentFormView } from "./AssessmentFormView";
import { AssessmentResult } from "./AssessmentResult";
import { type FormPlace, formQuery, teamQuery } from "./queries";
import { nextPerson } from "./standing";

/** My own part of a campaign. */
export function SelfAssessmentPage() {
  const { campaignKey = "" } = useParams();
  return <FormPage place={{ campaign: campaignKey, staffNumber: null }} />;
}

/** The head's part about one person. */
export function HeadAssessmentPage() {
  const { campaignKey = "", staffNumber = "" } = useParams();
  return <FormPage key={staffNumber} place={{ campaign: campaignKey, staffNumber }} />;
}

function FormPage({ place }: { place: FormPlace }) {
  const { t } = useTranslation();
  const { data: form, error, refetch } = useQuery(formQuery(place));
  if (form === undefined) {
    return (
      <>
        <PageHeading title={t(place.staffNumber === null ? "assessment.self" : "assessment.head")} />
        {statusOf(error) === 404 ? (
          <Banner tone="error" title={t("assessment.notAsked")} />
        ) : error !== null ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading rows={5} />
        )}
      </>
    );
  }
  return <Form form={form} place={place} />;
}

function Form({ form, place }: { form: AssessmentForm; place: FormPlace }) {
  const { t } = useTranslation();
  const { date, dateTime } = useFormat();
  const [isChanging, setIsChanging] = useState(false);
  const isHead = place.staffNumber !== null;
  const { campaign } = form;
  const title = isHead ? t("assessment.headOf", { name: form.person }) : t("assessment.self");
  const trail: Crumb[] = [
    { title: t("assessment.title"), to: ASSESSMENTS },
    ...(isHead ? [{ title: t("assessment.head"), to: teamAddress(campaign.key) }] : []),
    { title },
  ];
  const isFilledIn = form.is_open && (form.done_at === null || isChanging);
  return (
    <>
      <Breadcrumbs trail={trail} />
      <PageHeading title={title}>
        <p>
          <span className="font-bold">{campaign.title}</span>
          <span className="block">{t("assessment.until", { date: date(campaign.due_on) })}</span>
        </p>
        {isFilledIn && (
          <p className="max-w-3xl">{t(isHead ? "assessment.headIntro" : "assessment.selfIntro")}</p>
        )}
      </PageHeading>
      {isFilledIn && isChanging && <Banner tone="info" title={t("assessment.changing")} />}
      {form.questions.length === 0 ? (
        <EmptyState>{t("assessment.noQuestions")}</EmptyState>
      ) : isFilledIn ? (
        <AssessmentFormView
          form={form}
          place={place}
          onDone={() => {
            setIsChanging(false);
            // The form that had the focus is gone.
            const main = document.getElementById("main");
            main?.focus({ preventScroll: true });
            window.scrollTo(0, 0);
          }}
        />
      ) : form.done_at === null ? (
        <Banner tone="warning" title={t("assessment.closed")}>
          <p>{t("assessment.closedText", { date: date(campaign.due_on) })}</p>
        </Banner>
      ) : (
        <Done at={dateTime(form.done_at)} isHead={isHead}>
          {form.is_open && (
            <Button variant="outline" onClick={() => setIsChanging(true)}>
              {t("assessment.change")}
            </Button>
          )}
          {isHead && <Next place={place} />}
        </Done>
      )}
      {!isFilledIn && form.done_at !== null && <AssessmentResult form={form} isHead={isHead} />}
    </>
  );
}

function Done({ at, isHead, children }: { at: string; isHead: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Banner tone="success" title={t("assessment.doneAt", { at })}>
      <p>{t(isHead ? "assessment.headDone" : "assessment.selfDone")}</p>
      <div className="flex flex-wrap gap-3">{children}</div>
    </Banner>
  );
}

/** With one click to whoever is still to be assessed. */
function Next({ place: { campaign, staffNumber } }: { place: FormPlace }) {
  const { t } = useTranslation();
  const { data: people } = useQuery(teamQuery(campaign));
  if (people === undefined) return null;
  const next = nextPerson(people, staffNumber ?? "");
  return next === null ? (
    <ButtonLink to={teamAddress(campaign)}>{t("assessment.allDone")}</ButtonLink>
  ) : (
    <ButtonLink to={formAddress({ campaign, staffNumber: next.staff_number })}>
      {t("assessment.nextPerson", { name: next.name })}
    </ButtonLink>
  );
}
