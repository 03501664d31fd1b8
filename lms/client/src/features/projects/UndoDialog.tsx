import { useTranslation } from "react-i18next";

import type { Project } from "../../api/contract";
import { FormDialog } from "./FormDialog";
import { undoMove } from "./queries";
import { useChange } from "./useChange";

/** The last step, taken back on the day it was taken. */
export function UndoDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation();
  const last = project.history.filter((row) => !row.is_undone && row.step !== "undo").at(-1);
  const undoing = useChange({
    project: project.key,
    change: () => undoMove(project.key),
    done: t("projectLife.undone"),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t("projectLife.undo")}
      submit={t("projectLife.undoIt")}
      isPending={undoing.isPending}
      error={undoing.error}
      onClose={onClose}
      onSubmit={() => undoing.mutate()}
    >
      <p>{t("projectLife.undoAsk", { step: last?.title ?? "" })}</p>
    </FormDialog>
  );
}
