import type { SubmitEvent } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import type { PlanChoices } from "../../api/contract";
import { Button } from "../../components/Button";
import { InputField, SelectField } from "../../components/Field";
import { aimOf, hoursOf, MOST_HOURS, searchOf } from "./planSearch";

type Props = { choices: PlanChoices; today: string };

/** What to prepare for, by when, and with how much time; made anew when the address changes. */
export function PlanForm({ choices, today }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const of = (name: string) => {
      const value = said.get(name);
      return typeof value === "string" ? value : "";
    };
    setSearch(searchOf(of("aim"), of("hours"), of("before")));
  };

  const groups = [
    { kind: "project", label: t("plan.projects"), rows: choices.projects },
    { kind: "role", label: t("plan.roles"), rows: choices.roles },
  ];
  return (
    <form
      key={search.toString()}
      aria-label={t("plan.form")}
      onSubmit={submit}
      className="grid items-end gap-x-4 gap-y-4 rounded-12 bg-solid-gray-50 p-4 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_auto]"
    >
      <SelectField label={t("plan.aim")} name="aim" defaultValue={aimOf(search)} required>
        <option value="">{t("plan.choose")}</option>
        {groups.map(({ kind, label, rows }) => (
          <optgroup key={kind} label={label}>
            {rows.map(({ key, title }) => (
              <option key={key} value={`${kind}:${key}`}>
                {title}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectField>
      <InputField
        isCompact
        type="number"
        name="hours"
        label={t("plan.hoursPerWeek")}
        min={1}
        max={MOST_HOURS}
        step={1}
        required
        defaultValue={hoursOf(search)}
      />
      <InputField
        isCompact
        type="date"
        name="before"
        label={t("plan.before")}
        min={today}
        defaultValue={search.get("before") ?? ""}
      />
      <Button type="submit" size="sm" className="min-h-10">
        {t("plan.submit")}
      </Button>
    </form>
  );
}
