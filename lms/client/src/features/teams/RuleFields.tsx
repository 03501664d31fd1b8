import { useTranslation } from "react-i18next";

import type { TeamRules, Titled } from "../../api/contract";
import { SelectField } from "../../components/Field";

const HOURS = [2, 4, 6, 8, 10, 12, 16, 20, 40];
const FEW = [1, 2, 3, 4, 5];
const LEARNERS = [0, 1, 2, 3];
const HOLDERS = [2, 3, 4];
const NO_RULE = "";

type Props = { rules: TeamRules; critical: Titled[]; onChange: (rules: TeamRules) => void };

/** The rules every team must keep, each in a sentence. */
export function RuleFields({ rules, critical, onChange }: Props) {
  const { t } = useTranslation();
  const set = (values: Partial<TeamRules>) => onChange({ ...rules, ...values });
  const atMost = (value: string) => (value === NO_RULE ? null : Number(value));
  return (
    <div className="flex flex-col gap-6">
      <div className="grid gap-x-6 gap-y-4 md:grid-cols-2">
        <SelectField
          label={t("teams.rules.hours")}
          value={rules.hours_per_person}
          onChange={(event) => set({ hours_per_person: Number(event.target.value) })}
        >
          {HOURS.map((count) => (
            <option key={count} value={count}>
              {t("teams.rules.hoursUpTo", { count })}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("teams.rules.learners")}
          value={rules.learners}
          onChange={(event) => set({ learners: Number(event.target.value) })}
        >
          {LEARNERS.map((count) => (
            <option key={count} value={count}>
              {count === 0 ? t("teams.rules.noLearners") : t("teams.rules.atLeast", { count })}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("teams.rules.section")}
          value={rules.per_section ?? NO_RULE}
          onChange={(event) => set({ per_section: atMost(event.target.value) })}
        >
          <option value={NO_RULE}>{t("teams.rules.none")}</option>
          {FEW.map((count) => (
            <option key={count} value={count}>
              {t("teams.rules.upTo", { count })}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("teams.rules.tier")}
          value={rules.per_tier ?? NO_RULE}
          onChange={(event) => set({ per_tier: atMost(event.target.value) })}
        >
          <option value={NO_RULE}>{t("teams.rules.none")}</option>
          {FEW.map((count) => (
            <option key={count} value={count}>
              {t("teams.rules.upTo", { count })}
            </option>
          ))}
        </SelectField>
      </div>
      <label className="flex cursor-pointer items-start gap-3">
        <input
          type="checkbox"
          checked={rules.heed_refusals}
          onChange={(event) => set({ heed_refusals: event.target.checked })}
          className="mt-1 size-5 shrink-0 accent-key-900"
        />
        <span>{t("teams.rules.refusals")}</span>
      </label>
      {critical.length > 0 && (
        <details open={rules.critical.length > 0}>
          <summary className="w-fit cursor-pointer py-2 font-bold">
            {t("teams.rules.critical", { count: rules.critical.length })}
          </summary>
          <div className="flex flex-col gap-4 pt-2">
            <p className="text-dns-16N-130 text-solid-gray-700">{t("teams.rules.criticalHelp")}</p>
            <div className="w-60 max-w-full">
              <SelectField
                label={t("teams.rules.holders")}
                value={rules.critical_holders}
                onChange={(event) => set({ critical_holders: Number(event.target.value) })}
              >
                {HOLDERS.map((count) => (
                  <option key={count} value={count}>
                    {t("teams.rules.atLeast", { count })}
                  </option>
                ))}
              </SelectField>
            </div>
            <fieldset className="min-w-0">
              <legend className="mb-2 text-dns-14B-130">{t("teams.rules.criticalSkills")}</legend>
              <ul className="grid gap-x-6 gap-y-2 md:grid-cols-2">
                {critical.map((skill) => (
                  <li key={skill.key}>
                    <label className="flex cursor-pointer items-start gap-3">
                      <input
                        type="checkbox"
                        checked={rules.critical.some(({ key }) => key === skill.key)}
                        onChange={(event) =>
                          set({
                            critical: event.target.checked
                              ? [...rules.critical, skill]
                              : rules.critical.filter(({ key }) => key !== skill.key),
                          })
                        }
                        className="mt-1 size-5 shrink-0 accent-key-900"
                      />
                      <span>{skill.title}</span>
                    </label>
                  </li>
                ))}
              </ul>
            </fieldset>
          </div>
        </details>
      )}
    </div>
  );
}
