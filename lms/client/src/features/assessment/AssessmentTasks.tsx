import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { CampaignCard } from "./CampaignCard";
import { campaignsQuery } from "./queries";
import { awaitsHead, awaitsMe, byStanding } from "./standing";

/** On the home page: assessments that wait for me; nothing where there are none. */
export function AssessmentTasks() {
  const { t } = useTranslation();
  const id = useId();
  const { data = [] } = useQuery(campaignsQuery);
  const rows = byStanding(data).open.filter((row) => awaitsMe(row) || awaitsHead(row));
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby={id} className="mb-4 flex flex-col gap-4">
      <h2 id={id} className="text-std-22B-150">
        {t("assessment.title")}
      </h2>
      <ul className="flex flex-col gap-4">
        {rows.map((row) => (
          <CampaignCard key={row.campaign.key} row={{ ...row, may_calibrate: false }} />
        ))}
      </ul>
    </section>
  );
}
