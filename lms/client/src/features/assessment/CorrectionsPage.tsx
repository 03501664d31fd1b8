import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Correction } from "../../api/contract";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { Tag, type TagTone } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { MySkillsNav } from "../skills/MySkillsNav";
import { correctionsQuery } from "./queries";

const TONES: Record<Correction["state"], TagTone> = {
  open: "warning",
  accepted: "success",
  declined: "neutral",
};

/** What I said is wrong about my levels, and what HR answered. */
export function CorrectionsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(correctionsQuery);
  return (
    <>
      <PageHeading title={t("correction.title")}>
        <p className="max-w-3xl">{t("correction.intro")}</p>
      </PageHeading>
      <MySkillsNav />
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={3} />
      ) : data.length === 0 ? (
        <EmptyState>{t("correction.empty")}</EmptyState>
      ) : (
        <ul className="flex flex-col gap-4">
          {data.map((row) => (
            <Request key={row.uuid} row={row} />
          ))}
        </ul>
      )}
    </>
  );
}

function Request({ row }: { row: Correction }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  return (
    <li className="flex flex-col gap-4 rounded-12 border border-solid-gray-420 p-4 md:p-6">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 className="text-std-18B-160">
          <Link to={`/skills/${encodeURIComponent(row.competency.key)}`} className="link">
            {row.competency.title}
          </Link>
        </h2>
        <Tag tone={TONES[row.state]}>{row.state_title}</Tag>
      </div>
      <dl className="grid gap-x-6 gap-y-3 md:grid-cols-[12rem_1fr]">
        <dt className="text-dns-16B-130">{t("correction.askedOn")}</dt>
        <dd>{date(row.created_at)}</dd>
        {row.level !== null && (
          <>
            <dt className="text-dns-16B-130">{t("correction.level")}</dt>
            <dd>{t("level.number", { level: row.level })}</dd>
          </>
        )}
        <dt className="text-dns-16B-130">{t("correction.text")}</dt>
        <dd className="whitespace-pre-line">{row.text}</dd>
        {row.answered_at !== null && (
          <>
            <dt className="text-dns-16B-130">{t("correction.answer")}</dt>
            <dd>
              <span className="block whitespace-pre-line">{row.answer}</span>
              <span className="block text-dns-14N-130 text-solid-gray-700">{date(row.answered_at)}</span>
            </dd>
          </>
        )}
      </dl>
    </li>
  );
}
