import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import type { DepartmentChoice } from "../../api/contract";
import { InputField, SelectField } from "../../components/Field";
import {
  type CoverageFilter,
  HORIZONS,
  horizonOf,
  KINDS,
  REASONS,
  withFilter,
} from "./coverageSearch";

type Props = {
  departments: DepartmentChoice[];
  /** Which of the filters this page has; department and horizon it always has. */
  filters: Exclude<CoverageFilter, "department" | "horizon">[];
};

const KIND_TEXTS = {
  process: "coverage.kinds.process",
  project: "coverage.kinds.project",
  section: "coverage.kinds.section",
} as const;
const REASON_TEXTS = {
  short_now: "coverage.reasons.short_now",
  short_after_leavings: "coverage.reasons.short_after_leavings",
  short_after_expiries: "coverage.reasons.short_after_expiries",
  single_holder: "coverage.reasons.single_holder",
} as const;

/** What is shown; each choice takes effect at once and stands in the address. */
export function CoverageFilters({ departments, filters }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const choose = (filter: CoverageFilter) => (event: { target: { value: string } }) =>
    setSearch(withFilter(search, filter, event.target.value));
  const valueOf = (filter: CoverageFilter) => search.get(filter) ?? "";

  return (
    <form
      role="search"
      aria-label={t("coverage.filters")}
      onSubmit={(event) => event.preventDefault()}
      className="grid items-end gap-x-4 gap-y-3 rounded-12 bg-solid-gray-50 p-4 sm:grid-cols-2 lg:grid-cols-5"
    >
      <SelectField
        label={t("coverage.department")}
        value={valueOf("department")}
        onChange={choose("department")}
      >
        <option value="">{t("coverage.all")}</option>
        {departments.map(({ key, title, depth }) => (
          <option key={key} value={key}>
            {"\u3000".repeat(depth)}
            {title}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("coverage.horizon")}
        value={horizonOf(search)}
        onChange={choose("horizon")}
      >
        {HORIZONS.map((days) => (
          <option key={days} value={days}>
            {t("coverage.horizonDays", { days })}
          </option>
        ))}
      </SelectField>
      {filters.includes("kind") && (
        <SelectField label={t("coverage.kind")} value={valueOf("kind")} onChange={choose("kind")}>
          <option value="">{t("coverage.all")}</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(KIND_TEXTS[kind])}
            </option>
          ))}
        </SelectField>
      )}
      {filters.includes("reason") && (
        <SelectField
          label={t("coverage.reason")}
          value={valueOf("reason")}
          onChange={choose("reason")}
        >
          <option value="">{t("coverage.all")}</option>
          {REASONS.map((reason) => (
            <option key={reason} value={reason}>
              {t(REASON_TEXTS[reason])}
            </option>
          ))}
        </SelectField>
      )}
      {filters.includes("as_of") && (
        <InputField
          isCompact
          type="date"
          label={t("coverage.asOf")}
          value={valueOf("as_of")}
          onChange={choose("as_of")}
        />
      )}
      {filters.includes("only_targets") && (
        <label className="flex min-h-10 items-center gap-2 text-dns-14B-130">
          <input
            type="checkbox"
            className="size-5"
            checked={valueOf("only_targets") === "true"}
            onChange={(event) =>
              setSearch(
                withFilter(search, "only_targets", event.target.checked ? "true" : ""),
              )
            }
          />
          {t("coverage.onlyTargets")}
        </label>
      )}
    </form>
  );
}
