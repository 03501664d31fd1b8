import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";

import type { Difference } from "../../api/contract";
import { mySkillsQuery } from "../../api/queries";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { SelectField } from "../../components/Field";
import { LevelMark } from "../../components/LevelMark";
import { PageHeading } from "../../components/PageHeading";
import { Pagination } from "../../components/Pagination";
import { Loading } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { CardTable, CELL, ROW } from "../coverage/CardTable";
import { CellPanel } from "../skills/CellPanel";
import { ASSESSMENTS } from "./addresses";
import { differenceQueryOf, explainedIn, LEAST, withChange } from "./calibrationSearch";
import { campaignsQuery, differencesQuery } from "./queries";
import { SettleDialog } from "./SettleDialog";

/** Where self-assessment and the head's differ, and what was agreed on. */
export function CalibrationPage() {
  const { t } = useTranslation();
  const { campaignKey = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const query = differenceQueryOf(search);
  const { data, error, refetch, isPlaceholderData } = useQuery(differencesQuery(campaignKey, query));
  const { data: campaigns } = useQuery(campaignsQuery);
  const { data: skills } = useQuery(mySkillsQuery);
  const [settled, setSettled] = useState<Difference | null>(null);
  const row = campaigns?.find(({ campaign }) => campaign.key === campaignKey);
  const explained = explainedIn(search);
  const change = (name: string, value: string) =>
    setSearch(withChange(search, name, value), { preventScrollReset: name === "cell" });
  return (
    <>
      <Breadcrumbs
        trail={[{ title: t("assessment.title"), to: ASSESSMENTS }, { title: t("assessment.calibration") }]}
      />
      <PageHeading title={t("assessment.calibration")}>
        {row !== undefined && <p className="font-bold">{row.campaign.title}</p>}
        <p className="max-w-3xl">{t("assessment.calibrationIntro")}</p>
      </PageHeading>
      <form
        className="grid max-w-3xl grid-cols-1 gap-4 sm:grid-cols-2"
        aria-label={t("team.filters")}
        onSubmit={(event) => event.preventDefault()}
      >
        {row !== undefined && row.departments.length > 0 && (
          <SelectField
            label={t("team.department")}
            value={query.department ?? ""}
            onChange={(event) => change("department", event.target.value)}
          >
            <option value="">{t("team.all")}</option>
            {row.departments.map(({ key, title }) => (
              <option key={key} value={key}>
                {title}
              </option>
            ))}
          </SelectField>
        )}
        <SelectField
          label={t("assessment.difference")}
          value={query.at_least ?? LEAST[0]}
          onChange={(event) => change("at_least", event.target.value)}
        >
          {LEAST.map((levels) => (
            <option key={levels} value={levels}>
              {levels === 0 ? t("assessment.differenceAny") : t("assessment.differenceLeast", { levels })}
            </option>
          ))}
        </SelectField>
      </form>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={5} />
      ) : (
        <>
          <p role="status" className="font-bold">
            {t("assessment.found", { count: data.count })}
          </p>
          {data.results.length === 0 ? (
            <EmptyState>{t("assessment.noDifferences")}</EmptyState>
          ) : (
            <div className={isPlaceholderData ? "opacity-50" : ""} aria-busy={isPlaceholderData}>
              <CardTable
                caption={t("assessment.calibration")}
                heads={[
                  t("assessment.person"),
                  t("skills.competency"),
                  t("assessment.selfLevel"),
                  t("assessment.headLevel"),
                  t("assessment.difference"),
                  t("assessment.agreed"),
                ]}
              >
                {data.results.map((line) => (
                  <Line
                    key={`${line.staff_number} ${line.competency.key}`}
                    line={line}
                    onExplain={withChange(search, "cell", `${line.staff_number}:${line.competency.key}`)}
                    onSettle={() => setSettled(line)}
                  />
                ))}
              </CardTable>
            </div>
          )}
          {data.pages > 1 && (
            <Pagination
              page={data.page}
              pages={data.pages}
              count={data.count}
              onPage={(page) => change("page", String(page))}
            />
          )}
        </>
      )}
      {settled !== null && (
        <SettleDialog campaign={campaignKey} line={settled} onClose={() => setSettled(null)} />
      )}
      {explained !== null && (
        <CellPanel
          staffNumber={explained.staffNumber}
          competencyKey={explained.competency}
          asOf={null}
          scale={skills?.scale ?? []}
          onClose={() => change("cell", "")}
        />
      )}
    </>
  );
}

type LineProps = { line: Difference; onExplain: URLSearchParams; onSettle: () => void };

function Line({ line, onExplain, onSettle }: LineProps) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { settlement } = line;
  const named = { name: line.name, competency: line.competency.title };
  const label = "text-dns-14N-130 text-solid-gray-700 md:hidden";
  const cell = `${CELL} max-md:flex max-md:justify-between max-md:gap-4`;
  return (
    <tr className={ROW}>
      <th scope="row" className={`${CELL} text-left font-normal`}>
        <span className="block font-bold">{line.name}</span>
        <span className="block text-dns-14N-130 text-solid-gray-700">
          {[line.department?.title, line.staff_number].filter(Boolean).join(" ")}
        </span>
      </th>
      <td className={CELL}>
        <span className="block">{line.competency.title}</span>
        <Link
          to={{ search: onExplain.toString() }}
          preventScrollReset
          className="link text-dns-14N-130"
          aria-label={t("assessment.evidenceOf", named)}
        >
          {t("assessment.evidence")}
        </Link>
      </td>
      <td className={cell}>
        <span className={label}>{t("assessment.selfLevel")}</span>
        <LevelMark level={line.self_level} />
      </td>
      <td className={cell}>
        <span className={label}>{t("assessment.headLevel")}</span>
        <LevelMark level={line.head_level} />
      </td>
      <td className={cell}>
        <span className={label}>{t("assessment.difference")}</span>
        <Tag tone={Math.abs(line.by) >= 2 ? "warning" : "neutral"}>{t(...said(line.by))}</Tag>
      </td>
      <td className={CELL}>
        <span className="flex flex-col items-start gap-2">
          {settlement !== null && (
            <span>
              <Tag tone="success">
                {t(settlement.is_changed ? "assessment.changedTo" : "assessment.agreedOn", {
                  level: settlement.level,
                })}
              </Tag>
              {settlement.reason !== "" && (
                <span className="mt-1 block text-dns-14N-130 whitespace-pre-line">{settlement.reason}</span>
              )}
              <span className="mt-1 block text-dns-14N-130 text-solid-gray-700">
                {t("assessment.settledBy", { by: settlement.by, date: date(settlement.at) })}
              </span>
            </span>
          )}
          {line.is_mine ? (
            <Button
              size="sm"
              variant="outline"
              onClick={onSettle}
              aria-label={t("assessment.settleFor", named)}
            >
              {t(settlement === null ? "assessment.settle" : "assessment.settleAgain")}
            </Button>
          ) : (
            settlement === null && <span className="text-solid-gray-700">–</span>
          )}
        </span>
      </td>
    </tr>
  );
}

function said(by: number) {
  if (by === 0) return ["assessment.same", { levels: 0 }] as const;
  const key = by > 0 ? "assessment.headHigher" : "assessment.selfHigher";
  return [key, { levels: Math.abs(by) }] as const;
}
