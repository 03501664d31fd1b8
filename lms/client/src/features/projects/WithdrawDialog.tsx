import { useTranslation } from "react-i18next";

import type { Project, ProjectMember } from "../../api/contract";
import { ReasonField, useReason } from "../../components/ReasonField";
import { FormDialog } from "./FormDialog";
import { withdrawConfirmation } from "./queries";
import { useChange } from "./useChange";

const LONGEST = 2000;

type Props = { project: Project; member: ProjectMember; onClose: () => void };

/** A confirmation taken back, with its evidence. */
export function WithdrawDialog({ project, member, onClose }: Props) {
  const { t } = useTranslation();
  const reason = useReason(true);
  const withdrawing = useChange({
    project: project.key,
    change: () => withdrawConfirmation(project.key, member.staff_number, reason.said),
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
        reason.check();
        if (!reason.isMissing) withdrawing.mutate();
      }}
    >
      <p>{t("projectTeam.withdrawHelp")}</p>
      <ReasonField
        label={t("projectLife.reason")}
        missing={t("projectLife.reasonMissing")}
        rows={3}
        longest={LONGEST}
        field={reason.field}
      />
    </FormDialog>
  );
}
