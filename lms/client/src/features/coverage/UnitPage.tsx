import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";

import type { HeldNeed, Holder } from "../../api/contract";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { ScaleLegend } from "../../components/ScaleLegend";
import { Loading } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { unitQueryOf } from "./coverageSearch";
import { NeedBar, NeedBarLegend } from "./NeedBar";
import { unitQuery } from "./queries";
import { ReasonTag } from "./ReasonTag";
import { CardTable, CELL, ROW } from "./CardTable";
import { UnitKind } from "./UnitKind";

const HEADS = [
  "coverage.skill",
  "coverage.reason",
  "coverage.standing",
  "coverage.busFactor",
  "coverage.holders",
] as const;

/** One section or business process: each need with its holders. */
export function UnitPage() {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { kind = "", unitKey = "" } = useParams();
  const [search] = useSearchParams();
  const { data, error, refetch } = useQuery(unitQuery(kind, unitKey, unitQueryOf(search)));
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading rows={5} />;
  const { unit, people, is_suppressed: isSuppressed } = data.numbers;
  const back = new URLSearchParams(search).toString();
  return (
    <>
      <Breadcrumbs
        home={{ title: t("coverage.title"), to: `/coverage${back === "" ? "" : `?${back}`}` }}
        trail={[{ title: unit.title }]}
      />
      <PageHeading title={unit.title}>
        <p>
          <UnitKind unit={unit} />
          {people !== null && ` ${t("coverage.peopleCount", { count: people })}`}
        </p>
        <p className="max-w-3xl text-solid-gray-700">
          {t("coverage.unitIntro", { asOf: date(data.as_of), until: date(data.horizon_on) })}
        </p>
      </PageHeading>
      {isSuppressed ? (
        <EmptyState>{t("coverage.suppressed")}</EmptyState>
      ) : data.needs.length === 0 ? (
        <EmptyState>{t("coverage.noNeeds")}</EmptyState>
      ) : (
        <>
          <NeedBarLegend />
          <CardTable caption={t("coverage.needsOf", { unit: unit.title })} heads={HEADS.map((head) => t(head))}>
              {data.needs.map((row) => (
                <NeedLine key={`${row.need.competency.key} ${String(row.need.level)}`} row={row} />
              ))}
            </CardTable>
          <ScaleLegend scale={data.scale} />
        </>
      )}
    </>
  );
}

function NeedLine({ row: { need, holders, unnamed } }: { row: HeldNeed }) {
  const { t } = useTranslation();
  return (
    <tr className={ROW}>
      <th scope="row" className={`${CELL} font-normal`}>
        <span className="font-bold">{need.competency.title}</span>
        <span className="block text-dns-14N-130 text-solid-gray-700">
          {t("coverage.levelUp", { level: need.level })}
        </span>
      </th>
      <td className={CELL}>
        {need.reason === "" ? (
          <Tag tone="success">{t("coverage.noRisk")}</Tag>
        ) : (
          <ReasonTag reason={need.reason} />
        )}
      </td>
      <td className={CELL}>
        <NeedBar {...need} />
        {need.assessed < need.people && (
          <p className="text-dns-14N-130 text-solid-gray-700">
            {t("coverage.unassessed", { count: need.people - need.assessed })}
          </p>
        )}
      </td>
      <td className={`${CELL} tabular-nums`}>
        {need.bus_factor === null
          ? t("coverage.nobodyNeeded")
          : need.bus_factor === 0
            ? t("coverage.shortAlready")
            : t("coverage.busFactorCount", { count: need.bus_factor })}
      </td>
      <td className={CELL}>
        {need.holders === 0 ? (
          <span className="text-solid-gray-700">{t("coverage.noHolders")}</span>
        ) : (
          <details>
            <summary className="cursor-pointer">
              {t("coverage.showHolders", { count: need.holders })}
              <span className="sr-only">
                {need.competency.title} {t("coverage.levelUp", { level: need.level })}
              </span>
            </summary>
            <ul className="mt-2 flex flex-col gap-2">
              {holders.map((holder) => (
                <HolderLine key={holder.staff_number} holder={holder} />
              ))}
              {unnamed > 0 && (
                <li className="text-solid-gray-700">{t("coverage.unnamed", { count: unnamed })}</li>
              )}
            </ul>
          </details>
        )}
      </td>
    </tr>
  );
}

function HolderLine({ holder }: { holder: Holder }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="font-bold">{holder.name}</span>
      <span className="text-dns-14N-130 text-solid-gray-700">
        {holder.tier.title} {t("coverage.level", { level: holder.level })}
      </span>
      {holder.leaves_on !== null && (
        <Tag tone="warning">{t("coverage.leavesOn", { date: date(holder.leaves_on) })}</Tag>
      )}
      {holder.falls_at !== null && (
        <Tag tone="warning">{t("coverage.fallsAt", { date: date(holder.falls_at) })}</Tag>
      )}
    </li>
  );
}
