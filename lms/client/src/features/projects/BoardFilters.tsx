import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import type { ProjectBoard } from "../../api/contract";
import { SelectField } from "../../components/Field";
import { type BoardFilter, WHOSE, whoseOf, withFilter } from "./boardSearch";

const WHOSE_NAMES = {
  all: "board.whose.all",
  mine: "board.whose.mine",
  my_turn: "board.whose.my_turn",
} as const;

/** What is shown; each choice takes effect at once and stands in the address. */
export function BoardFilters({ board }: { board: ProjectBoard }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const choose = (filter: BoardFilter) => (event: { target: { value: string } }) =>
    setSearch(withFilter(search, filter, event.target.value));
  return (
    <form
      role="search"
      aria-label={t("board.filters")}
      onSubmit={(event) => event.preventDefault()}
      className="grid items-end gap-x-4 gap-y-3 rounded-12 bg-solid-gray-50 p-4 sm:grid-cols-3"
    >
      <SelectField label={t("board.whose.label")} value={whoseOf(search)} onChange={choose("whose")}>
        {WHOSE.map((whose) => (
          <option key={whose} value={whose}>
            {t(WHOSE_NAMES[whose])}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("project.measure")}
        value={search.get("measure") ?? ""}
        onChange={choose("measure")}
      >
        <option value="">{t("board.allOf")}</option>
        {board.measures.map((measure) => (
          <option key={measure} value={measure}>
            {measure}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("board.department")}
        value={search.get("department") ?? ""}
        onChange={choose("department")}
      >
        <option value="">{t("board.allOf")}</option>
        {board.departments.map(({ key, title }) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </SelectField>
    </form>
  );
}
