import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { RecordRow } from "../../api/contract";
import { buttonClasses } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { courseAddress } from "../course/addresses";
import { CalendarSection } from "./CalendarSection";
import { CertificateList } from "./CertificateList";
import { Facts } from "./Facts";
import { RECORD_CSV } from "./files";
import { recordQuery } from "./queries";

export function RecordPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(recordQuery);
  return (
    <>
      <PageHeading title={t("record.title")}>
        <p>{t("record.intro")}</p>
      </PageHeading>
      {data !== undefined ? (
        <Rows rows={data} />
      ) : error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading rows={4} />
      )}
      <CalendarSection />
    </>
  );
}

function Rows({ rows }: { rows: RecordRow[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return <EmptyState>{t("record.empty")}</EmptyState>;
  return (
    <>
      <a
        href={RECORD_CSV}
        download
        className={`${buttonClasses({ variant: "outline" })} self-start`}
      >
        {t("record.csv")}
      </a>
      <ul className="grid gap-4">
        {rows.map((row) => (
          <RecordCard key={row.course.key} row={row} />
        ))}
      </ul>
    </>
  );
}

function RecordCard({ row }: { row: RecordRow }) {
  const { t } = useTranslation();
  const { date, percent } = useFormat();
  const isBegun = row.started_at !== null;
  const day = (value: string | null) => value && date(value);
  const facts = [
    { name: t("record.started"), value: day(row.started_at) },
    { name: t("record.completed"), value: day(row.completed_at) },
    { name: t("record.renewed"), value: day(row.renewed_at) },
    { name: t("record.due"), value: day(row.due_on) },
    { name: t("record.score"), value: row.score === null ? null : percent(row.score) },
    {
      name: t("record.attempts"),
      value: isBegun ? t("record.attemptCount", { count: row.attempts }) : null,
    },
    {
      name: t("record.time"),
      value: isBegun ? t("record.minutes", { count: row.minutes_spent }) : null,
    },
    { name: t("record.expires"), value: day(row.expires_on) },
  ].filter(({ value }) => value !== null);
  return (
    <li className="flex flex-col gap-4 rounded-12 border border-solid-gray-420 bg-white p-4 md:p-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-std-18B-160">
          <Link to={courseAddress(row.course.key)} className="link">
            {row.course.title}
          </Link>
        </h2>
        <Tag tone={row.completed_at === null ? "neutral" : "success"}>
          {t(
            row.completed_at !== null
              ? "record.finished"
              : isBegun
                ? "record.inProgress"
                : "record.notBegun",
          )}
        </Tag>
      </div>
      {facts.length > 0 && <Facts facts={facts} />}
      {row.certificates.length > 0 && (
        <div className="flex flex-col gap-2">
          <h3 className="font-bold">{t("record.certificates")}</h3>
          <CertificateList certificates={row.certificates} />
        </div>
      )}
    </li>
  );
}
