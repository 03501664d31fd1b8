import type { Composition, CompositionAsked, TeamChoice, TeamRules } from "../../api/contract";

/** Who is put into a team and who is kept out; as a list, so that one step back is easy. */
export type Choices = { pins: TeamChoice[]; forbids: TeamChoice[] };

export type Choice = "pin" | "forbid" | null;

const isSame = (one: TeamChoice, other: TeamChoice): boolean =>
  one.person.staff_number === other.person.staff_number && one.project.key === other.project.key;

/** What is chosen for somebody in a project's team. */
export function choiceFor({ pins, forbids }: Choices, staffNumber: string, project: string): Choice {
  const isOf = ({ person, project: of }: TeamChoice) =>
    person.staff_number === staffNumber && of.key === project;
  if (pins.some(isOf)) return "pin";
  return forbids.some(isOf) ? "forbid" : null;
}

/** With one choice set, or taken back; nobody is put in and kept out at once. */
export function chosen({ pins, forbids }: Choices, one: TeamChoice, choice: Choice): Choices {
  const without = (rows: TeamChoice[]) => rows.filter((row) => !isSame(row, one));
  return {
    pins: [...without(pins), ...(choice === "pin" ? [one] : [])],
    forbids: [...without(forbids), ...(choice === "forbid" ? [one] : [])],
  };
}

const named = (rows: TeamChoice[]): string =>
  rows
    .map(({ person, project }) => `${person.staff_number} ${project.key}`)
    .sort()
    .join("\n");

export function isChanged(choices: Choices, composition: Choices): boolean {
  return (
    named(choices.pins) !== named(composition.pins) ||
    named(choices.forbids) !== named(composition.forbids)
  );
}

const asked = (rows: TeamChoice[]) =>
  rows.map(({ person, project }) => ({ staff_number: person.staff_number, project: project.key }));

export const rulesAsked = ({ critical, ...rules }: TeamRules): NonNullable<CompositionAsked["rules"]> => ({
  ...rules,
  critical: critical.map(({ key }) => key),
});

type Way = NonNullable<CompositionAsked["ways"]>[number];

/** The same question again, with other choices, or with ways out of what made it impossible. */
export function again(
  composition: Composition,
  { pins, forbids }: Choices,
  ways: Way[] = [],
): CompositionAsked {
  return {
    projects: composition.request.projects.map(({ key }) => key),
    rules: rulesAsked(composition.rules),
    pins: asked(pins),
    forbids: asked(forbids),
    seconds: composition.time_limit,
    earlier: composition.request.uuid,
    ways,
  };
}
