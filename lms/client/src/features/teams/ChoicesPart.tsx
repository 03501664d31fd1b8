import { useTranslation } from "react-i18next";

import type { Composition, TeamChoice } from "../../api/contract";
import { Button } from "../../components/Button";
import { Tag } from "../../components/Tag";
import { type Choice, type Choices, isChanged } from "./asking";
import { PersonChoice } from "./PersonChoice";

type Props = {
  composition: Composition;
  choices: Choices;
  isAsking: boolean;
  onChoose: (choice: Choice, one: TeamChoice) => void;
  onAsk: () => void;
};

/** Who is put in and who is kept out, and to have it composed again with that. */
export function ChoicesPart({ composition, choices, isAsking, onChoose, onAsk }: Props) {
  const { t } = useTranslation();
  const { request } = composition;
  const rows = [
    ...choices.pins.map((one) => ({ one, choice: "pin" as const })),
    ...choices.forbids.map((one) => ({ one, choice: "forbid" as const })),
  ];
  return (
    <section
      aria-labelledby="teams-choices"
      className="flex flex-col gap-4 rounded-12 bg-solid-gray-50 p-4 md:p-6"
    >
      <h2 id="teams-choices" className="text-std-22B-150">
        {t("teams.choice.title")}
      </h2>
      <p className="max-w-3xl">{t("teams.choice.intro")}</p>
      {rows.length > 0 && (
        <ul className="flex flex-col gap-2">
          {rows.map(({ one, choice }) => (
            <li
              key={`${one.person.staff_number} ${one.project.key}`}
              className="flex flex-wrap items-center gap-x-3 gap-y-2"
            >
              <Tag tone={choice === "pin" ? "key" : "neutral"}>{t(`teams.choice.${choice}`)}</Tag>
              <span>
                {t("teams.choice.of", { name: one.person.name, project: one.project.title })}
              </span>
              <Button
                variant="text"
                size="sm"
                aria-label={t("teams.choice.freeFor", {
                  name: one.person.name,
                  project: one.project.title,
                })}
                onClick={() => onChoose(null, one)}
              >
                {t("teams.choice.free")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <PersonChoice projects={request.projects} onChoose={onChoose} />
      <div>
        <Button disabled={isAsking || !isChanged(choices, composition)} onClick={onAsk}>
          {t("teams.choice.again")}
        </Button>
      </div>
    </section>
  );
}
