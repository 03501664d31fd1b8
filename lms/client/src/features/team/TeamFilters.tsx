import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import type { Oversight } from "../../api/contract";
import { Button } from "../../components/Button";
import { InputField, SelectField } from "../../components/Field";
import { STATES, type TeamFilter, withTeamFilter } from "./teamSearch";

const STATE_TEXTS = {
  all: "team.states.all",
  overdue: "team.states.overdue",
  to_do: "team.states.to_do",
  done: "team.states.done",
} as const;

/** Which rows are shown. A choice takes effect at once, a name when it is sent. */
export function TeamFilters({ oversight }: { oversight: Oversight }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [person, setPerson] = useState(search.get("person") ?? "");
  const choose = (filter: TeamFilter, value: string) =>
    setSearch(withTeamFilter(search, filter, value));

  return (
    <form
      role="search"
      aria-label={t("team.filters")}
      onSubmit={(event) => {
        event.preventDefault();
        choose("person", person.trim());
      }}
      className="grid items-end gap-x-4 gap-y-3 rounded-12 bg-solid-gray-50 p-4 sm:grid-cols-2 lg:grid-cols-[repeat(4,minmax(0,1fr))_auto]"
    >
      <SelectField
        label={t("team.state")}
        value={search.get("state") ?? "all"}
        onChange={(event) => choose("state", event.target.value)}
      >
        {STATES.map((state) => (
          <option key={state} value={state}>
            {t(STATE_TEXTS[state])}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("team.department")}
        value={search.get("department") ?? ""}
        onChange={(event) => choose("department", event.target.value)}
      >
        <option value="">{t("team.all")}</option>
        {oversight.departments.map(({ key, title, depth }) => (
          <option key={key} value={key}>
            {"\u3000".repeat(depth)}
            {title}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("team.course")}
        value={search.get("course") ?? ""}
        onChange={(event) => choose("course", event.target.value)}
      >
        <option value="">{t("team.all")}</option>
        {oversight.courses.map(({ key, title }) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </SelectField>
      <InputField
        isCompact
        label={t("team.person")}
        value={person}
        maxLength={64}
        onChange={(event) => setPerson(event.target.value)}
      />
      <Button type="submit" variant="outline" size="sm" className="h-10">
        {t("team.search")}
      </Button>
    </form>
  );
}
