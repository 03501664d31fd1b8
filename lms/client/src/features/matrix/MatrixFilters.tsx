import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import type { Matrix, Titled } from "../../api/contract";
import { Button } from "../../components/Button";
import { SelectField } from "../../components/Field";
import { MatrixConditions } from "./MatrixConditions";
import { type Changes, type Setting, SETTINGS, withSettings } from "./matrixSearch";

type Option = { key: string; title: string; depth?: number };
type Select = { setting: Setting; label: string; options: Option[]; clears?: Changes };

/** Who and what the matrix shows, and how. Each choice takes effect at once and is in the address. */
export function MatrixFilters({ filters }: { filters: Matrix["filters"] }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const choose = (changes: Changes) => setSearch(withSettings(search, changes));
  const all = t("matrix.all");
  const withAll = (options: Option[]) => [{ key: "", title: all }, ...options];
  const groups = distinct(
    filters.competencies
      .filter(({ framework }) => [framework.key, null].includes(search.get("framework")))
      .flatMap(({ group }) => group ?? []),
  );
  const selects: Select[] = [
    { setting: "department", label: t("matrix.department"), options: withAll(filters.departments) },
    { setting: "tier", label: t("matrix.tier"), options: withAll(filters.tiers) },
    { setting: "role", label: t("matrix.role"), options: withAll(filters.roles) },
    {
      setting: "framework",
      label: t("matrix.framework"),
      options: withAll(filters.frameworks),
      clears: { group: "" },
    },
    { setting: "group", label: t("matrix.group"), options: withAll(groups) },
    {
      setting: "sort",
      label: t("matrix.sort"),
      options: [
        { key: "", title: t("matrix.sorts.department") },
        { key: "kana", title: t("matrix.sorts.kana") },
        { key: "tier", title: t("matrix.sorts.tier") },
        { key: "-level", title: t("matrix.sorts.levelHigh") },
        { key: "level", title: t("matrix.sorts.levelLow") },
        { key: "-gap", title: t("matrix.sorts.gapHigh") },
      ],
    },
    {
      setting: "group_by",
      label: t("matrix.groupBy"),
      options: [
        { key: "", title: t("matrix.groupings.none") },
        { key: "department", title: t("matrix.groupings.department") },
        { key: "tier", title: t("matrix.groupings.tier") },
        { key: "role", title: t("matrix.groupings.role") },
      ],
    },
  ];
  const isFiltered = SETTINGS.some((setting) => search.has(setting));

  return (
    <form
      role="search"
      aria-label={t("matrix.filters")}
      onSubmit={(event) => event.preventDefault()}
      className="flex flex-col gap-3 rounded-12 bg-solid-gray-50 p-4"
    >
      <div className="grid grid-cols-2 items-end gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-7">
        {selects.map(({ setting, label, options, clears }) => (
          <SelectField
            key={setting}
            label={label}
            value={search.get(setting) ?? ""}
            onChange={(event) => choose({ ...clears, [setting]: event.target.value })}
          >
            {options.map(({ key, title, depth = 0 }) => (
              <option key={key} value={key}>
                {"\u3000".repeat(depth)}
                {title}
              </option>
            ))}
          </SelectField>
        ))}
      </div>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <label className="flex min-h-9 items-center gap-2 text-dns-14B-130">
          <input
            type="checkbox"
            className="size-5 accent-key-900"
            checked={search.get("collapse") === "true"}
            onChange={({ target }) => choose({ collapse: target.checked ? "true" : "" })}
          />
          {t("matrix.collapse")}
        </label>
        <Button variant="text" size="sm" disabled={!isFiltered} onClick={() => setSearch(new URLSearchParams())}>
          {t("matrix.clear")}
        </Button>
      </div>
      <MatrixConditions filters={filters} onChoose={choose} />
    </form>
  );
}

function distinct(options: Titled[]): Titled[] {
  return [...new Map(options.map((option) => [option.key, option])).values()];
}
