import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Project, ProjectWords } from "../../api/contract";
import { InputField, TextField } from "../../components/Field";
import { FormDialog } from "./FormDialog";
import { changeProject } from "./queries";
import { useChange } from "./useChange";
import { LONGEST, missingWords, trimmed } from "./wording";

type Props = { project: Project; words: ProjectWords; onClose: () => void };

/** What the project is called and is about, with how the work is done today. */
export function WordsDialog({ project, words, onClose }: Props) {
  const { t } = useTranslation();
  const [said, setSaid] = useState(words);
  const [isChecked, setIsChecked] = useState(false);
  const missing = missingWords(said);
  const saving = useChange({
    project: project.key,
    change: () => changeProject(project.key, trimmed(said)),
    done: t("projectEdit.saved"),
    onDone: onClose,
  });
  const field = (name: keyof ProjectWords) => ({
    isCompact: true,
    value: said[name],
    error: isChecked && missing.has(name) ? t("proposal.faults.missing") : null,
    onChange: (event: { target: { value: string } }) =>
      setSaid((before) => ({ ...before, [name]: event.target.value })),
  });
  return (
    <FormDialog
      title={t("projectWords.title")}
      submit={t("projectEdit.save")}
      isPending={saving.isPending}
      error={saving.error}
      onClose={onClose}
      onSubmit={() => {
        setIsChecked(true);
        if (missing.size === 0) saving.mutate();
      }}
    >
      <InputField
        label={t("projectWords.titleJa")}
        required
        maxLength={LONGEST.title}
        {...field("title_ja")}
      />
      <TextField
        label={t("projectWords.summaryJa")}
        required
        rows={8}
        maxLength={LONGEST.summary}
        {...field("summary_ja")}
      />
      <InputField
        label={t("projectWords.titleEn")}
        maxLength={LONGEST.title}
        {...field("title_en")}
      />
      <TextField
        label={t("projectWords.summaryEn")}
        rows={5}
        maxLength={LONGEST.summary}
        {...field("summary_en")}
      />
    </FormDialog>
  );
}
