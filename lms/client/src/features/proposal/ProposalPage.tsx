import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useMe } from "../../app/useMe";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { SUGGESTIONS_PAGE } from "../suggestions/addresses";
import { ProposalForm } from "./ProposalForm";
import { templatesQuery } from "./queries";

/** From what costs time today to a proposal that the head of the section can assess. */
export function ProposalPage() {
  const { t } = useTranslation();
  const { user } = useMe();
  const { data, error, refetch } = useQuery(templatesQuery);
  return (
    <>
      <Breadcrumbs
        trail={[{ title: t("suggestions.title"), to: SUGGESTIONS_PAGE }, { title: t("proposal.title") }]}
      />
      <PageHeading title={t("proposal.title")}>
        <p className="max-w-3xl">{t("proposal.intro")}</p>
      </PageHeading>
      {data !== undefined ? (
        <ProposalForm key={user.username} username={user.username} templates={data} />
      ) : error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading rows={5} />
      )}
    </>
  );
}
