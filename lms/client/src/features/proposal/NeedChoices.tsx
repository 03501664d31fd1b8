import { useTranslation } from "react-i18next";

import type { Project } from "../../api/contract";
import { Tag } from "../../components/Tag";

const LEVELS = [1, 2, 3, 4] as const;

type Props = {
  template: Project;
  needs: Record<string, number>;
  onChange: (needs: Record<string, number>) => void;
};

/** The skills of the template: which of them the idea needs too, and at which level. */
export function NeedChoices({ template, needs, onChange }: Props) {
  const { t } = useTranslation();
  if (template.needs.length === 0) return <p>{t("proposal.noNeeds")}</p>;
  return (
    <fieldset className="flex flex-col gap-1 rounded-12 bg-solid-gray-50 p-4">
      <legend className="float-left mb-2 w-full text-std-17B-170">{t("proposal.needs")}</legend>
      <p className="clear-both mb-2 text-dns-16N-130 text-solid-gray-700">
        {t("proposal.needsHelp", { title: template.title })}
      </p>
      {template.needs.map(({ competency, level, is_must: isMust }) => {
        const chosen = needs[competency.key];
        return (
          <div
            key={competency.key}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-solid-gray-300 py-1"
          >
            <label className="flex min-h-11 min-w-0 flex-1 basis-56 items-center gap-3">
              <input
                type="checkbox"
                className="size-5 shrink-0 accent-key-900"
                checked={chosen !== undefined}
                onChange={(event) => {
                  const others = Object.entries(needs).filter(([key]) => key !== competency.key);
                  const kept = Object.fromEntries(others);
                  onChange(event.target.checked ? { ...kept, [competency.key]: level } : kept);
                }}
              />
              <span>{competency.title}</span>
              {isMust && <Tag tone="error">{t("suggestions.must")}</Tag>}
            </label>
            <select
              aria-label={t("proposal.levelOf", { title: competency.title })}
              className="h-10 w-32 rounded-8 border border-solid-gray-600 bg-white px-2 text-sm disabled:bg-solid-gray-50 disabled:text-solid-gray-600"
              value={chosen ?? level}
              disabled={chosen === undefined}
              onChange={(event) => onChange({ ...needs, [competency.key]: Number(event.target.value) })}
            >
              {LEVELS.map((item) => (
                <option key={item} value={item}>
                  {t("level.number", { level: item })}
                </option>
              ))}
            </select>
          </div>
        );
      })}
    </fieldset>
  );
}
