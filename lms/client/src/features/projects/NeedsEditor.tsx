import { useTranslation } from "react-i18next";

import type { Titled } from "../../api/contract";
import { Button } from "../../components/Button";
import { InputField, SelectField } from "../../components/Field";
import { type DraftNeed, type NeedFault, withNeed } from "./needs";

const LEVELS = [1, 2, 3, 4] as const;
const FAULTS = { empty: "projectEdit.needEmpty", repeated: "projectEdit.needRepeated" } as const;

type Props = {
  needs: DraftNeed[];
  choices: Titled[];
  fault: NeedFault | null;
  onChange: (needs: DraftNeed[]) => void;
};

/** Rows of skill, level, how many people, and whether the project can do without. */
export function NeedsEditor({ needs, choices, fault, onChange }: Props) {
  const { t } = useTranslation();
  const set = (id: number, values: Partial<DraftNeed>) =>
    onChange(needs.map((row) => (row.id === id ? { ...row, ...values } : row)));
  return (
    <section aria-labelledby="project-needs-edit" className="flex flex-col gap-4">
      <h2 id="project-needs-edit" className="text-std-20B-150">
        {t("project.needs")}
      </h2>
      {needs.length === 0 && <p className="text-solid-gray-700">{t("projectEdit.noNeeds")}</p>}
      {needs.map((row, place) => (
        <fieldset key={row.id} className="rounded-8 border border-solid-gray-420 p-4">
          <legend className="px-1 text-dns-14B-130">
            {t("projectEdit.need", { number: place + 1 })}
          </legend>
          <div className="grid items-end gap-x-4 gap-y-3 sm:grid-cols-[1fr_8rem_6rem]">
            <SelectField
              label={t("skills.competency")}
              value={row.competency}
              aria-invalid={fault?.id === row.id}
              onChange={(event) => set(row.id, { competency: event.target.value })}
            >
              <option value="">{t("projectEdit.choose")}</option>
              {choices.map(({ key, title }) => (
                <option key={key} value={key}>
                  {title}
                </option>
              ))}
            </SelectField>
            <SelectField
              label={t("project.needed")}
              value={row.level}
              onChange={(event) => set(row.id, { level: Number(event.target.value) })}
            >
              {LEVELS.map((level) => (
                <option key={level} value={level}>
                  {t("level.number", { level })}
                </option>
              ))}
            </SelectField>
            <InputField
              isCompact
              type="number"
              min={1}
              max={999}
              label={t("projectPage.headcount")}
              value={row.headcount}
              onChange={(event) => set(row.id, { headcount: Number(event.target.value) })}
            />
          </div>
          <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
            <label className="flex min-h-9 items-center gap-2 text-sm">
              <input
                type="checkbox"
                className="size-5"
                checked={row.isMust}
                onChange={(event) => set(row.id, { isMust: event.target.checked })}
              />
              {t("projectEdit.isMust")}
            </label>
            <Button
              variant="outline"
              size="sm"
              aria-label={t("projectEdit.removeNeed", { number: place + 1 })}
              onClick={() => onChange(needs.filter((one) => one.id !== row.id))}
            >
              {t("projectEdit.remove")}
            </Button>
          </div>
          {fault?.id === row.id && (
            <p role="alert" className="mt-2 text-dns-16N-130 text-error-1">
              ＊{t(FAULTS[fault.kind])}
            </p>
          )}
        </fieldset>
      ))}
      <div>
        <Button variant="outline" size="sm" onClick={() => onChange(withNeed(needs))}>
          {t("projectEdit.addNeed")}
        </Button>
      </div>
    </section>
  );
}
