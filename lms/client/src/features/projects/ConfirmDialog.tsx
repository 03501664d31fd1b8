import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Project, ProjectMember } from "../../api/contract";
import { SelectField, TextField } from "../../components/Field";
import { FormDialog } from "./FormDialog";
import { confirmMember } from "./queries";
import { useChange } from "./useChange";
import { PART_NAMES } from "./words";

type Part = ProjectMember["part"];
const PARTS: Part[] = ["lead", "member", "learner", "mentor"];
const LEVELS = [1, 2, 3, 4] as const;
const LONGEST = 500;

type Props = { project: Project; member: ProjectMember; onClose: () => void };

/** What somebody did, and the level of each skill that the work showed; it becomes evidence. */
export function ConfirmDialog({ project, member, onClose }: Props) {
  const { t } = useTranslation();
  const [part, setPart] = useState<Part>(member.part);
  const [levels, setLevels] = useState<Record<string, number>>({});
  const [note, setNote] = useState("");
  const confirming = useChange({
    project: project.key,
    change: () => confirmMember(project.key, member.staff_number, { part, levels, note: note.trim() }),
    done: t("projectTeam.confirmed", { name: member.name }),
    onDone: onClose,
  });
  const show = (key: string, value: string) =>
    setLevels((held) =>
      value === ""
        ? Object.fromEntries(Object.entries(held).filter(([other]) => other !== key))
        : { ...held, [key]: Number(value) },
    );
  return (
    <FormDialog
      title={t("projectTeam.confirmOf", { name: member.name })}
      submit={t("projectTeam.confirmIt")}
      isPending={confirming.isPending}
      error={confirming.error}
      onClose={onClose}
      onSubmit={() => confirming.mutate()}
    >
      <p>{t("projectTeam.confirmHelp")}</p>
      <SelectField
        label={t("projectTeam.partTaken")}
        value={part}
        onChange={(event) => setPart(event.target.value as Part)}
      >
        {PARTS.map((one) => (
          <option key={one} value={one}>
            {t(PART_NAMES[one])}
          </option>
        ))}
      </SelectField>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-std-17B-170">{t("projectTeam.levels")}</legend>
        {project.needs.map(({ competency, level }) => (
          <SelectField
            key={competency.key}
            label={t("projectTeam.levelOf", { title: competency.title, level })}
            value={levels[competency.key] ?? ""}
            onChange={(event) => show(competency.key, event.target.value)}
          >
            <option value="">{t("projectTeam.notShown")}</option>
            {LEVELS.map((item) => (
              <option key={item} value={item}>
                {t("level.number", { level: item })}
              </option>
            ))}
          </SelectField>
        ))}
      </fieldset>
      <TextField
        isCompact
        label={t("projectTeam.note")}
        rows={3}
        maxLength={LONGEST}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
    </FormDialog>
  );
}
