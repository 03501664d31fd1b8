import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useParams } from "react-router";

import { statusOf } from "../../api/errors";
import { LanguageSwitch } from "../../app/LanguageSwitch";
import { PAGE_WIDTH, Shell } from "../../app/Layout";
import { siteName } from "../../app/site";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { SettingContext } from "../course/setting";
import { TokenContext } from "./context";
import { reviewQuery } from "./queries";
import { ReviewBar } from "./ReviewBar";
import { reviewSetting } from "./setting";

/** The learner's own screens around a draft. Nobody is signed in, and nothing is recorded. */
export function ReviewLayout() {
  const { token = "" } = useParams();
  const { data: review, error, refetch } = useQuery(reviewQuery(token));
  const setting = useMemo(() => reviewSetting(token), [token]);

  return (
    <TokenContext value={token}>
      <Shell
        width={PAGE_WIDTH}
        header={
          <>
            <SiteHeader />
            {review !== undefined && <ReviewBar review={review} />}
          </>
        }
      >
        {review !== undefined ? (
          <SettingContext value={setting}>
            {/* Below the bar, which stays in sight. */}
            <div className="contents [--sticky-top:7rem]">
              <Outlet />
            </div>
          </SettingContext>
        ) : statusOf(error) === 404 ? (
          <LinkNotValid />
        ) : error === null ? (
          <Loading />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )}
      </Shell>
    </TokenContext>
  );
}

function SiteHeader() {
  return (
    <header className="border-b border-solid-gray-420 bg-white">
      <div className={`${PAGE_WIDTH} flex items-center justify-between gap-4 py-3`}>
        <p className="text-std-18B-160 text-solid-gray-900">{siteName}</p>
        <LanguageSwitch />
      </div>
    </header>
  );
}

/** Says nothing about the course: whoever has a wrong link learns nothing from it. */
function LinkNotValid() {
  const { t } = useTranslation();
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHeading title={t("review.notValid")} />
      <p>{t("review.notValidText")}</p>
    </div>
  );
}
