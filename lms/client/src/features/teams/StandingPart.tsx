import { useTranslation } from "react-i18next";

import type { Composition } from "../../api/contract";
import { Banner } from "../../components/Banner";
import { useFormat } from "../../i18n/useFormat";
import { isUnderWay } from "./standing";
import { StateTag } from "./StateTag";

/** How good the answer is, by its own honest word, and whether a better one may come. */
export function StandingPart({ composition }: { composition: Composition }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { request, score, bound, gap, seconds, teams, impossible } = composition;
  if (request.has_failed) {
    return (
      <Banner tone="error" title={t("teams.standing.failed")}>
        <p>{t("teams.standing.failedHelp")}</p>
      </Banner>
    );
  }
  const underWay = isUnderWay(request);
  const facts = [
    score !== null && teams.length > 0 && t("teams.standing.points", { count: score }),
    bound !== null && teams.length > 0 && t("teams.standing.bound", { count: bound }),
    !underWay && seconds !== null && t("teams.standing.took", { seconds: number(seconds, 1) }),
  ].filter((fact) => fact !== false);
  return (
    <section
      aria-label={t("teams.standing.title")}
      aria-busy={underWay}
      className={`flex flex-col gap-3 rounded-12 border p-4 md:p-6 ${underWay ? "border-key-900 bg-key-50" : "border-solid-gray-420"}`}
    >
      <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <StateTag row={request} gap={gap} />
        <span className="font-bold" data-standing={request.status}>
          {request.status_text}
        </span>
      </p>
      {underWay && (
        <>
          <p>
            {t(teams.length > 0 ? "teams.standing.better" : "teams.standing.computing", {
              count: composition.time_limit,
            })}
          </p>
          <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-key-200">
            <div className="h-full w-1/3 rounded-full bg-key-900 motion-safe:animate-pulse" />
          </div>
        </>
      )}
      {!underWay && teams.length > 0 && impossible.length > 0 && (
        <p>{t("teams.standing.partly", { count: impossible.length })}</p>
      )}
      {facts.length > 0 && (
        <ul className="flex flex-wrap gap-x-6 gap-y-1 text-dns-16N-130 text-solid-gray-700 tabular-nums">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
