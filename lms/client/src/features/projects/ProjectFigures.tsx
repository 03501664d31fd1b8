import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Project, ProjectLedger } from "../../api/contract";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { Loading } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import { officeDay } from "../../i18n/dates";
import { useFormat } from "../../i18n/useFormat";
import { SavingPanel } from "./SavingPanel";
import { FigureDialog } from "./FigureDialog";
import { FigureTable } from "./FigureTable";
import { ledgerQuery } from "./queries";
import { PHASE_NAMES } from "./words";

/** What the project saves: expected and measured, apart, and every figure as it was given. */
export function ProjectFigures({ project }: { project: Project }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(ledgerQuery(project.key));
  return (
    <section aria-labelledby="project-figures" className="flex min-w-0 flex-col gap-4">
      <h2 id="project-figures" className="text-std-22B-150">
        {t("figures.title")}
      </h2>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={1} />
      ) : (
        <Ledger project={project} ledger={data} />
      )}
    </section>
  );
}

function Ledger({ project, ledger }: { project: Project; ledger: ProjectLedger }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const [isRecording, setIsRecording] = useState(false);
  const today = officeDay(new Date());
  return (
    <>
      <div className="grid gap-4 md:grid-cols-2">
        <SavingPanel kind="forecast" saving={ledger.benefit.forecast} />
        <SavingPanel kind="measured" saving={ledger.benefit.measured} />
      </div>
      {project.due.length > 0 && (
        <ul aria-label={t("figures.again")} className="flex flex-col gap-2 text-dns-16N-130">
          {project.due.map((row) => (
            <li key={row.phase} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span>
                {t("figures.dueFrom", { phase: t(PHASE_NAMES[row.phase]), date: date(row.due_on) })}
              </span>
              {row.due_on <= today && <Tag tone="warning">{t("figures.isDue")}</Tag>}
            </li>
          ))}
        </ul>
      )}
      {ledger.may_record.length > 0 && (
        <div>
          <Button variant="outline" onClick={() => setIsRecording(true)}>
            {t("figures.record")}
          </Button>
        </div>
      )}
      {ledger.figures.length === 0 ? (
        <EmptyState>{t("figures.empty")}</EmptyState>
      ) : (
        <FigureTable figures={ledger.figures} />
      )}
      {isRecording && (
        <FigureDialog project={project} ledger={ledger} onClose={() => setIsRecording(false)} />
      )}
    </>
  );
}
