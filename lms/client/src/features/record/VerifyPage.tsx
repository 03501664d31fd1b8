import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import type { Verification } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { LanguageSwitch } from "../../app/LanguageSwitch";
import { PAGE_WIDTH, Shell } from "../../app/Layout";
import { siteName } from "../../app/site";
import { Banner, type BannerTone } from "../../components/Banner";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { useFormat } from "../../i18n/useFormat";
import { Facts } from "./Facts";
import { verificationQuery } from "./queries";

const STATES = {
  valid: { tone: "success", text: "verify.valid" },
  revoked: { tone: "error", text: "verify.revoked" },
  expired: { tone: "warning", text: "verify.expired" },
} as const satisfies Record<Verification["state"], { tone: BannerTone; text: string }>;

/** For whoever holds a certificate in their hand: nobody need be signed in. */
export function VerifyPage() {
  const { t } = useTranslation();
  const { code = "" } = useParams();
  const { data, error, refetch } = useQuery(verificationQuery(code));
  return (
    <Shell
      width={PAGE_WIDTH}
      header={
        <header className="border-b border-solid-gray-420 bg-white">
          <div className={`${PAGE_WIDTH} flex flex-wrap items-center justify-between gap-x-6 py-3`}>
            <p className="text-std-18B-160">{siteName}</p>
            <LanguageSwitch />
          </div>
        </header>
      }
    >
      <PageHeading title={t("verify.title")} />
      {data !== undefined ? (
        <Found found={data} />
      ) : statusOf(error) === 404 ? (
        <Banner tone="error" title={t("verify.unknown")} />
      ) : error === null ? (
        <Loading />
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
    </Shell>
  );
}

function Found({ found }: { found: Verification }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { tone, text } = STATES[found.state];
  const facts = [
    { name: t("verify.name"), value: found.holder_name },
    { name: t("verify.course"), value: found.title },
    { name: t("verify.completed"), value: date(found.certified_at) },
    { name: t("verify.office"), value: found.office_name },
    { name: t("verify.code"), value: found.code },
  ];
  if (found.version !== null) facts.push({ name: t("verify.version"), value: `${found.version}` });
  if (found.valid_until !== null) {
    facts.push({ name: t("verify.validUntil"), value: date(found.valid_until) });
  }
  if (found.revoked_at !== null) {
    facts.push({ name: t("verify.revokedOn"), value: date(found.revoked_at) });
  }
  return (
    <>
      <Banner tone={tone} title={t(text)} />
      <Facts facts={facts} />
    </>
  );
}
