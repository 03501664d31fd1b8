import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Project, ProjectMember } from "../../api/contract";
import { TextField } from "../../components/Field";
import { FormDialog } from "./FormDialog";
import { withdrawConfirmation } from "./queries";
import { useChange } from "./useChange";

const LONGEST = 2000;

type Props = { project: Project; member: ProjectMember; onClose: () => void };

/** A confirmation taken back, with its evidence. */
export function WithdrawDialog({ project, member, onClose }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const withdrawing = useChange({
    project: project.key,
    change: () => withdrawConfirmation(project.key, member.staff_number, reason.trim()),
    done: t("projectTeam.withdrawn", { name: member.name }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t("projectTeam.withdrawOf", { name: member.name })}
      submit={t("projectTeam.withdraw")}
      isPending={withdrawing.isPending}
      error={withdrawing.error}
      onClose={onClose}
      onSubmit={() => {
        setIsChecked(true);
        if (reason.trim() !== "") withdrawing.mutate();
      }}
    >
      <p>{t("projectTeam.withdrawHelp")}</p>
      <TextField
        label={t("projectLife.reason")}
        rows={3}
        maxLength={LONGEST}
        value={reason}
        error={isChecked && reason.trim() === "" ? t("projectLife.reasonMissing") : null}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}
