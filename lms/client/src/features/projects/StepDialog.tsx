import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Project, ProjectWay } from "../../api/contract";
import { Banner } from "../../components/Banner";
import { TextField } from "../../components/Field";
import { FormDialog } from "./FormDialog";
import { moveProject } from "./queries";
import { useChange } from "./useChange";
import { STATUS_NAMES } from "./words";

const LONGEST = 2000;

type Props = { project: Project; way: ProjectWay; onClose: () => void };

/** To take a step: what is still missing for it, and the reason, which some need. */
export function StepDialog({ project, way, onClose }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const isMissing = way.needs_reason && reason.trim() === "";
  const taking = useChange({
    project: project.key,
    change: () => moveProject(project.key, way.to, reason.trim()),
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
        setIsChecked(true);
        if (!isMissing) taking.mutate();
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
      <TextField
        label={t(way.needs_reason ? "projectLife.reason" : "projectLife.remark")}
        rows={4}
        maxLength={LONGEST}
        value={reason}
        error={isChecked && isMissing ? t("projectLife.reasonMissing") : null}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}
