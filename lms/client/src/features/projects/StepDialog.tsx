import { useTranslation } from "react-i18next";

import type { Project, ProjectWay } from "../../api/contract";
import { Banner } from "../../components/Banner";
import { ReasonField, useReason } from "../../components/ReasonField";
import { FormDialog } from "./FormDialog";
import { moveProject } from "./queries";
import { useChange } from "./useChange";
import { STATUS_NAMES } from "./words";

const LONGEST = 2000;

type Props = { project: Project; way: ProjectWay; onClose: () => void };

/** To take a step: what is still missing for it, and the reason, which some need. */
export function StepDialog({ project, way, onClose }: Props) {
  const { t } = useTranslation();
  const reason = useReason(way.needs_reason);
  const taking = useChange({
    project: project.key,
    change: () => moveProject(project.key, way.to, reason.said),
    done: t("projectLife.taken", { status: t(STATUS_NAMES[way.to]) }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={way.title}
      submit={way.title}
      isPending={taking.isPending}
      error={taking.error}
      onClose={onClose}
      onSubmit={() => {
        reason.check();
        if (!reason.isMissing) taking.mutate();
      }}
    >
      <p>{t("projectLife.ask", { title: project.title, status: t(STATUS_NAMES[way.to]) })}</p>
      {way.missing.length > 0 && (
        <Banner tone="warning" title={t("projectLife.missing")}>
          <ul className="list-disc pl-6">
            {way.missing.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Banner>
      )}
      <ReasonField
        label={t(way.needs_reason ? "projectLife.reason" : "projectLife.remark")}
        missing={t("projectLife.reasonMissing")}
        longest={LONGEST}
        field={reason.field}
      />
    </FormDialog>
  );
}
