/** The members' evidence of one project, turned round: by course and by skill. */

import type { ValueChain } from "../../api/contract";

type Named = { key: string; title: string };
/** `people` names whoever has it, once each. */
export type Gained = Named & { people: string[] };

function grouped(pairs: { of: Named; person: string; name: string }[]): Gained[] {
  const found = new Map<string, { of: Named; people: Map<string, string> }>();
  for (const { of, person, name } of pairs) {
    const row = found.get(of.key) ?? { of, people: new Map<string, string>() };
    row.people.set(person, name);
    found.set(of.key, row);
  }
  return [...found.values()]
    .map(({ of, people }) => ({ ...of, people: [...people.values()] }))
    .sort((a, b) => b.people.length - a.people.length);
}

const linksOf = (chain: ValueChain) =>
  chain.members.flatMap(({ staff_number: person, name, links }) =>
    links.map((link) => ({ person, name, link })),
  );

export function coursesOf(chain: ValueChain): Gained[] {
  return grouped(
    linksOf(chain).flatMap(({ person, name, link: { course } }) =>
      course === null ? [] : [{ of: course, person, name }],
    ),
  );
}

export function competenciesOf(chain: ValueChain): Gained[] {
  return grouped(
    linksOf(chain).map(({ person, name, link }) => ({ of: link.competency, person, name })),
  );
}

/** Everybody who was in it, each person once, named or not. */
export function peopleIn(chain: ValueChain): number {
  return new Set(chain.members.map((row) => row.staff_number)).size + chain.unnamed;
}
