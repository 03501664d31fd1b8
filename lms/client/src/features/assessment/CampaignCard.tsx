import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { CampaignRow } from "../../api/contract";
import { ButtonLink } from "../../components/Button";
import { ProgressBar } from "../../components/ProgressBar";
import { Tag } from "../../components/Tag";
import { officeDay } from "../../i18n/dates";
import { useFormat } from "../../i18n/useFormat";
import { calibrationAddress, formAddress, teamAddress } from "./addresses";
import { awaitsHead, awaitsMe, daysLeft } from "./standing";

const SOON = 7;

/** One campaign: until when, and what of it is mine. */
export function CampaignCard({ row }: { row: CampaignRow }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { campaign, own, section } = row;
  const left = daysLeft(row, officeDay(new Date()));
  return (
    <li className="flex flex-col gap-5 rounded-12 border border-solid-gray-420 p-4 md:p-6">
      <div className="flex flex-col gap-2">
        <h3 className="text-std-20B-150">{campaign.title}</h3>
        <p className="flex flex-wrap items-center gap-x-4 gap-y-2 text-dns-16N-130">
          <span>{t("matrix.fiscalYear", { year: campaign.fiscal_year })}</span>
          <span>{t("assessment.until", { date: date(campaign.due_on) })}</span>
          {row.is_open ? (
            <Tag tone={left <= SOON ? "warning" : "neutral"}>
              {left === 0 ? t("assessment.lastDay") : t("assessment.daysLeft", { count: left })}
            </Tag>
          ) : (
            <Tag tone="neutral">{t("assessment.isOver")}</Tag>
          )}
        </p>
      </div>
      {own !== null && (
        <Part title={t("assessment.self")}>
          {own.done_at !== null ? (
            <Tag tone="success">{t("assessment.doneOn", { date: date(own.done_at) })}</Tag>
          ) : row.is_open ? (
            <div className="min-w-0 flex-1 basis-64">
              <ProgressBar
                label={t("assessment.progress")}
                progress={{
                  done: own.answered,
                  total: own.asked,
                  fraction: own.asked === 0 ? 0 : own.answered / own.asked,
                }}
              />
            </div>
          ) : (
            <Tag tone="warning">{t("assessment.notYet")}</Tag>
          )}
          {(row.is_open || own.done_at !== null) && (
            <ButtonLink
              size="sm"
              variant={awaitsMe(row) ? "solid" : "outline"}
              to={formAddress({ campaign: campaign.key, staffNumber: null })}
              aria-label={t("home.actionOf", { action: t(selfAction(own)), title: campaign.title })}
            >
              {t(selfAction(own))}
            </ButtonLink>
          )}
        </Part>
      )}
      {section !== null && (
        <Part title={t("assessment.head")}>
          <div className="min-w-0 flex-1 basis-64">
            <ProgressBar
              label={t("assessment.teamProgress")}
              progress={{
                done: section.head_done,
                total: section.people,
                fraction: section.head_done / section.people,
              }}
            />
          </div>
          <ButtonLink
            size="sm"
            variant={awaitsHead(row) ? "solid" : "outline"}
            to={teamAddress(campaign.key)}
            aria-label={t("home.actionOf", { action: t("assessment.toTeam"), title: campaign.title })}
          >
            {t("assessment.toTeam")}
          </ButtonLink>
        </Part>
      )}
      {row.may_calibrate && (
        <Part title={t("assessment.calibration")}>
          <ButtonLink
            size="sm"
            variant="outline"
            to={calibrationAddress(campaign.key)}
            aria-label={t("home.actionOf", {
              action: t("assessment.toCalibration"),
              title: campaign.title,
            })}
          >
            {t("assessment.toCalibration")}
          </ButtonLink>
        </Part>
      )}
    </li>
  );
}

function selfAction(own: NonNullable<CampaignRow["own"]>) {
  if (own.done_at !== null) return "assessment.see";
  return own.answered > 0 ? "home.continue" : "home.start";
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-2 border-t border-solid-gray-200 pt-4">
      <h4 className="text-dns-16B-130">{title}</h4>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">{children}</div>
    </div>
  );
}
