import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { TeamChoice, Titled } from "../../api/contract";
import { Button } from "../../components/Button";
import { SelectField } from "../../components/Field";
import { PersonSearch } from "../../components/PersonSearch";
import type { Choice } from "./asking";
import { teamPeopleQuery } from "./queries";

type Props = { projects: Titled[]; onChoose: (choice: Choice, one: TeamChoice) => void };

/** Anybody of the office, by name or number, for a project's team. */
export function PersonChoice({ projects, onChoose }: Props) {
  const { t } = useTranslation();
  const [key, setKey] = useState(projects[0]?.key ?? "");
  const project = projects.find((one) => one.key === key);
  return (
    <PersonSearch
      label={t("teams.choice.search")}
      query={teamPeopleQuery}
      posting={(person) => person.section}
      actions={(person) =>
        project !== undefined &&
        (["pin", "forbid"] as const).map((choice) => (
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
        ))
      }
    >
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
    </PersonSearch>
  );
}
