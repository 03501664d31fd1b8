import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { TeamChoice, Titled } from "../../api/contract";
import { Button } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { InputField, SelectField } from "../../components/Field";
import type { Choice } from "./asking";
import { teamPeopleQuery } from "./queries";

type Props = { projects: Titled[]; onChoose: (choice: Choice, one: TeamChoice) => void };

/** Anybody of the office, by name or number, for a project's team. */
export function PersonChoice({ projects, onChoose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [sent, setSent] = useState("");
  const [key, setKey] = useState(projects[0]?.key ?? "");
  const { data, error, refetch } = useQuery(teamPeopleQuery(sent));
  const project = projects.find((one) => one.key === key);
  return (
    <div className="flex flex-col gap-3">
      <form
        role="search"
        aria-label={t("teams.choice.search")}
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          setSent(text.trim());
        }}
      >
        <div className="w-72 max-w-full">
          <InputField
            isCompact
            label={t("whatIf.person")}
            value={text}
            maxLength={64}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        {projects.length > 1 && (
          <div className="w-80 max-w-full">
            <SelectField
              label={t("teams.choice.project")}
              value={key}
              onChange={(event) => setKey(event.target.value)}
            >
              {projects.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.title}
                </option>
              ))}
            </SelectField>
          </div>
        )}
        <Button type="submit" variant="outline" size="sm" className="h-10">
          {t("whatIf.find")}
        </Button>
      </form>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      <p role="status" className={data === undefined ? "sr-only" : ""}>
        {data !== undefined &&
          (data.people.length === 0
            ? t("whatIf.nobody")
            : t(data.is_cut ? "whatIf.foundFirst" : "whatIf.found", { count: data.people.length }))}
      </p>
      {data !== undefined && project !== undefined && data.people.length > 0 && (
        <ul className="grid gap-x-6 gap-y-2 md:grid-cols-2">
          {data.people.map((person) => (
            <li
              key={person.staff_number}
              className="flex flex-wrap items-center justify-between gap-3 border-b border-solid-gray-300 py-2"
            >
              <span>
                <span className="block font-bold">{person.name}</span>
                <span className="block text-dns-14N-130 text-solid-gray-700">
                  {person.section} {person.staff_number}
                </span>
              </span>
              <span className="flex gap-2">
                {(["pin", "forbid"] as const).map((choice) => (
                  <Button
                    key={choice}
                    variant="outline"
                    size="sm"
                    aria-label={t(`teams.choice.${choice}For`, {
                      name: person.name,
                      project: project.title,
                    })}
                    onClick={() => onChoose(choice, { person, project })}
                  >
                    {t(`teams.choice.${choice}`)}
                  </Button>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
