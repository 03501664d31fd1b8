import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Project, ProjectMember } from "../../api/contract";
import { InputField } from "../../components/Field";
import { officeDay } from "../../i18n/dates";
import { FormDialog } from "./FormDialog";
import { endMembership } from "./queries";
import { useChange } from "./useChange";

type Props = { project: Project; member: ProjectMember; onClose: () => void };

/** When somebody left; what they did stays in the record. */
export function LeaveDialog({ project, member, onClose }: Props) {
  const { t } = useTranslation();
  const [leftOn, setLeftOn] = useState(officeDay(new Date()));
  const leaving = useChange({
    project: project.key,
    change: () => endMembership(project.key, member.staff_number, leftOn),
    done: t("projectTeam.hasLeft", { name: member.name }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t("projectTeam.leaveOf", { name: member.name })}
      submit={t("projectTeam.leaveIt")}
      isPending={leaving.isPending}
      error={leaving.error}
      onClose={onClose}
      onSubmit={() => leaving.mutate()}
    >
      <p>{t("projectTeam.leaveHelp")}</p>
      <InputField
        isCompact
        required
        type="date"
        label={t("projectTeam.leftOn")}
        value={leftOn}
        onChange={(event) => setLeftOn(event.target.value)}
      />
    </FormDialog>
  );
}
