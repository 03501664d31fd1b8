import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import type { Matrix } from "../../api/contract";
import { SelectField } from "../../components/Field";
import { type Changes, CONDITIONS } from "./matrixSearch";

const LEVELS = [0, 1, 2, 3, 4];
const GAPS = [1, 2, 3, 4];
const SOON = [30, 90, 180, 365];
const LONG_AGO = [180, 365, 730, 1095];

type Props = { filters: Matrix["filters"]; onChoose: (changes: Changes) => void };
type Choice = { value: string; title: string };

/** What a person's skill must be like. Folded away while nothing is asked. */
export function MatrixConditions({ filters, onChoose }: Props) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const count = CONDITIONS.filter((setting) => search.has(setting)).length;
  const levelChoices: Choice[] = [
    { value: "", title: t("matrix.levels.any") },
    { value: "never:", title: t("matrix.levels.never") },
    ...LEVELS.slice(1).map((level) => ({
      value: `at_least:${level}`,
      title: t("matrix.levels.atLeast", { level }),
    })),
    ...LEVELS.slice(0, -1).map((level) => ({
      value: `at_most:${level}`,
      title: t("matrix.levels.atMost", { level }),
    })),
    ...LEVELS.map((level) => ({ value: `exactly:${level}`, title: t("matrix.levels.exactly", { level }) })),
  ];
  const [levelIs, level] = [search.get("level_is"), search.get("level") ?? ""];
  const levelValue = levelIs === null && level === "" ? "" : `${levelIs ?? "at_least"}:${level}`;

  const fields: { label: string; value: string; choices: Choice[]; choose: (value: string) => Changes }[] = [
    {
      label: t("matrix.competency"),
      value: search.get("competency") ?? "",
      choices: [
        { value: "", title: t("matrix.anyCompetency") },
        ...filters.competencies.map(({ key, title }) => ({ value: key, title })),
      ],
      choose: (competency) => ({ competency }),
    },
    {
      label: t("matrix.levelIs"),
      value: levelValue,
      choices: levelChoices,
      choose: (value) => {
        const [is = "", number = ""] = value.split(":");
        return { level_is: is, level: number };
      },
    },
    {
      label: t("matrix.gap"),
      value: search.get("gap") ?? "",
      choices: [
        { value: "", title: t("matrix.gaps.any") },
        { value: "0", title: t("matrix.gaps.met") },
        ...GAPS.map((gap) => ({ value: String(gap), title: t("matrix.gaps.short", { count: gap }) })),
      ],
      choose: (gap) => ({ gap }),
    },
    {
      label: t("matrix.assurance"),
      value: search.get("assurance") ?? "",
      choices: [
        { value: "", title: t("matrix.assuranceDefault") },
        ...filters.assurances.map(({ value, title }) => ({
          value: String(value),
          title: t("matrix.assuranceAtLeast", { title }),
        })),
      ],
      choose: (assurance) => ({ assurance }),
    },
    {
      label: t("matrix.expires"),
      value: search.get("expires_within") ?? "",
      choices: [
        { value: "", title: t("matrix.expiresAny") },
        ...SOON.map((days) => ({ value: String(days), title: t("matrix.expiresWithin", { count: days }) })),
      ],
      choose: (days) => ({ expires_within: days }),
    },
    {
      label: t("matrix.older"),
      value: search.get("older_than") ?? "",
      choices: [
        { value: "", title: t("matrix.olderAny") },
        ...LONG_AGO.map((days) => ({ value: String(days), title: t("matrix.olderThan", { count: days }) })),
      ],
      choose: (days) => ({ older_than: days }),
    },
  ];

  return (
    <details open={count > 0}>
      <summary className="cursor-pointer text-dns-14B-130">
        {t("matrix.conditions")}
        {count > 0 && t("matrix.conditionsSet", { count })}
      </summary>
      <p className="mt-2 text-dns-14N-130 text-solid-gray-700">{t("matrix.conditionsHelp")}</p>
      <div className="mt-3 grid grid-cols-2 items-end gap-x-4 gap-y-3 sm:grid-cols-3 xl:grid-cols-6">
        {fields.map(({ label, value, choices, choose }) => (
          <SelectField
            key={label}
            label={label}
            value={value}
            onChange={(event) => onChoose(choose(event.target.value))}
          >
            {[...choices, ...unlisted(value, choices)].map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.title}
              </option>
            ))}
          </SelectField>
        ))}
      </div>
    </details>
  );
}

/** A value that came by an address and that the form does not offer. */
function unlisted(value: string, choices: Choice[]): Choice[] {
  return choices.some((choice) => choice.value === value) ? [] : [{ value, title: value }];
}
