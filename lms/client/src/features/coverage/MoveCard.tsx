import { useTranslation } from "react-i18next";

import type { WhatIfChoices } from "../../api/contract";
import { Button } from "../../components/Button";
import { SelectField } from "../../components/Field";
import type { PlannedMove, PlanStep } from "./moves";

type Props = {
  move: PlannedMove;
  choices: WhatIfChoices;
  onStep: (step: PlanStep, said: string) => void;
};

/** Where one person would go, at which tier and with which roles. */
export function MoveCard({ move, choices, onStep }: Props) {
  const { t } = useTranslation();
  const { person } = move;
  const staffNumber = person.staff_number;
  const set = (values: Partial<Omit<PlannedMove, "person">>) =>
    onStep({ kind: "set", staffNumber, values }, t("whatIf.changed", { name: person.name }));
  return (
    <fieldset className="rounded-8 border border-solid-gray-420 p-4">
      <legend className="px-1 font-bold">{person.name}</legend>
      <p className="mb-3 text-dns-14N-130 text-solid-gray-700">
        {t("whatIf.from", {
          department: person.department?.title ?? t("whatIf.noPosting"),
          tier: person.tier?.title ?? "",
          roles: person.roles.map(({ title }) => title).join("・"),
        })}
      </p>
      <div className="grid items-end gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_auto]">
        <SelectField
          label={t("whatIf.to")}
          value={move.department}
          onChange={(event) => set({ department: event.target.value })}
        >
          <option value="">{t("whatIf.leaves")}</option>
          {choices.departments.map(({ key, title, depth }) => (
            <option key={key} value={key}>
              {"\u3000".repeat(depth)}
              {title}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("whatIf.tier")}
          value={move.tier}
          disabled={move.department === ""}
          onChange={(event) => set({ tier: event.target.value })}
        >
          <option value="">{t("whatIf.sameTier")}</option>
          {choices.tiers.map(({ key, title }) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        </SelectField>
        <Button
          variant="outline"
          size="sm"
          className="h-10"
          aria-label={t("whatIf.removeFor", { name: person.name })}
          onClick={() =>
            onStep({ kind: "remove", staffNumber }, t("whatIf.removed", { name: person.name }))
          }
        >
          {t("whatIf.remove")}
        </Button>
      </div>
      {move.department !== "" && choices.roles.length > 0 && (
        <fieldset className="mt-3">
          <legend className="text-dns-14B-130">{t("whatIf.roles")}</legend>
          <div className="mt-1 flex flex-wrap gap-x-5 gap-y-1">
            {choices.roles.map(({ key, title }) => (
              <label key={key} className="flex min-h-9 items-center gap-2 text-sm">
                <input
                  type="checkbox"
                  className="size-5"
                  checked={move.roles.includes(key)}
                  onChange={(event) =>
                    set({
                      roles: event.target.checked
                        ? [...move.roles, key]
                        : move.roles.filter((role) => role !== key),
                    })
                  }
                />
                {title}
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </fieldset>
  );
}
