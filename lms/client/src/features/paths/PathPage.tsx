import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import type { LearningPath } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { NotFoundPage } from "../../app/NotFoundPage";
import { Banner } from "../../components/Banner";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { ButtonLink } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { ProgressBar } from "../../components/ProgressBar";
import { Loading } from "../../components/Skeleton";
import { courseAddress, lessonAddress } from "../course/addresses";
import { PATHS } from "./addresses";
import { TimeLeft } from "./TimeLeft";
import { PathMap } from "./PathMap";
import { pathQuery } from "./queries";

export function PathPage() {
  const { key = "" } = useParams();
  const { data, error, refetch } = useQuery(pathQuery(key));
  if (data !== undefined) return <PathView path={data} />;
  if (statusOf(error) === 404) return <NotFoundPage />;
  return error === null ? <Loading /> : <ErrorState error={error} onRetry={() => void refetch()} />;
}

function PathView({ path }: { path: LearningPath }) {
  const { t } = useTranslation();
  return (
    <>
      <Breadcrumbs trail={[{ title: t("paths.title"), to: PATHS }, { title: path.title }]} />
      <PageHeading title={path.title}>
        <p className="max-w-3xl">{path.summary}</p>
      </PageHeading>
      <Standing path={path} />
      <section aria-labelledby="path-map" className="flex flex-col gap-5">
        <h2 id="path-map" className="text-std-22B-150">
          {t("paths.map")}
        </h2>
        <PathMap path={path} />
      </section>
    </>
  );
}

/** How far the reader is, and the way on. */
function Standing({ path }: { path: LearningPath }) {
  const { t } = useTranslation();
  const { progress, next } = path;
  if (progress.done === progress.total)
    return <Banner tone="success" title={t("paths.allDone", { title: path.title })} />;
  const node = path.nodes.find(({ course }) => course.key === next?.key);
  return (
    <section
      aria-label={t("paths.standing")}
      className="grid items-center gap-4 rounded-12 border border-solid-gray-420 p-4 md:grid-cols-[minmax(0,1fr)_auto] md:gap-8 md:p-6"
    >
      <div className="flex flex-col gap-2">
        <ProgressBar progress={progress} label={t("progress.of", { title: path.title })} />
        <p className="text-dns-16N-130 text-solid-gray-700">
          <TimeLeft minutes={path.minutes_left} />
        </p>
        {next === null && <p>{t("paths.nothingNow")}</p>}
      </div>
      {next !== null && node !== undefined && (
        <ButtonLink
          to={
            node.next_lesson_key === null
              ? courseAddress(next.key)
              : lessonAddress(next.key, node.next_lesson_key)
          }
        >
          {t("paths.goOn", {
            action: node.state === "running" ? t("home.continue") : t("home.start"),
            title: next.title,
          })}
        </ButtonLink>
      )}
    </section>
  );
}
