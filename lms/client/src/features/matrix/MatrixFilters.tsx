import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import type { Matrix, Titled } from "../../api/contract";
import { Button } from "../../components/Button";
import { InputField, SelectField } from "../../components/Field";
import { officeDay } from "../../i18n/dates";
import { columnGroups } from "./columns";
import { type Filter, FILTERS, withFilter } from "./matrixSearch";

type Props = { filters: Matrix["filters"]; competencies: Matrix["competencies"] };
type Option = Titled & { depth?: number };

/** Who and what the matrix shows. Each choice takes effect at once and is kept in the address. */
export function MatrixFilters({ filters, competencies }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const choose = (filter: Filter, value: string) => setSearch(withFilter(search, filter, value));
  const groups = columnGroups(competencies).flatMap(({ group }) => group ?? []);
  const selects: { filter: Filter; label: string; options: Option[] }[] = [
    { filter: "department", label: t("matrix.department"), options: filters.departments },
    { filter: "tier", label: t("matrix.tier"), options: filters.tiers },
    { filter: "role", label: t("matrix.role"), options: filters.roles },
    { filter: "framework", label: t("matrix.framework"), options: filters.frameworks },
    { filter: "group", label: t("matrix.group"), options: distinct(groups) },
  ];
  const isFiltered = FILTERS.some((filter) => search.has(filter));

  return (
    <form
      role="search"
      aria-label={t("matrix.filters")}
      onSubmit={(event) => event.preventDefault()}
      className="grid grid-cols-2 items-end gap-x-4 gap-y-3 rounded-12 bg-solid-gray-50 p-4 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-[repeat(6,minmax(0,1fr))_auto]"
    >
      {selects.map(({ filter, label, options }) => (
        <SelectField
          key={filter}
          label={label}
          value={search.get(filter) ?? ""}
          onChange={(event) => choose(filter, event.target.value)}
        >
          <option value="">{t("matrix.all")}</option>
          {options.map(({ key, title, depth = 0 }) => (
            <option key={key} value={key}>
              {"\u3000".repeat(depth)}
              {title}
            </option>
          ))}
        </SelectField>
      ))}
      <InputField
        isCompact
        type="date"
        label={t("matrix.asOf")}
        // Typed digit by digit a year is not a date yet; and the API knows no days before 2000.
        min="2000-01-01"
        max="2100-01-01"
        defaultValue={search.get("as_of") ?? officeDay(new Date())}
        key={search.get("as_of")}
        onChange={({ target }) => target.validity.valid && choose("as_of", target.value)}
      />
      <Button
        variant="text"
        size="sm"
        className="h-10"
        disabled={!isFiltered}
        onClick={() => setSearch(new URLSearchParams())}
      >
        {t("matrix.clear")}
      </Button>
    </form>
  );
}

function distinct(options: Titled[]): Titled[] {
  return [...new Map(options.map((option) => [option.key, option])).values()];
}
