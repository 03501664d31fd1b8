import { expect, it } from "vitest";

import type { ValueChain } from "../../api/contract";
import { competenciesOf, coursesOf, peopleIn } from "./projectChain";

type Member = ValueChain["members"][number];

const link = (skill: string, course: string | null): Member["links"][number] => ({
  competency: { key: skill, title: skill },
  level: 2,
  kind: course === null ? "project" : "course",
  achieved_at: "2026-05-01T00:00:00Z",
  course: course === null ? null : { key: course, title: course, minutes: 60 },
  holds: true,
});

const member = (staffNumber: string, links: Member["links"]): Member => ({
  staff_number: staffNumber,
  name: `職員${staffNumber}`,
  part: "member",
  links,
});

const chain: ValueChain = {
  project: { key: "RPA", title: "RPA" },
  members: [
    member("1", [link("A", "C1"), link("B", "C1"), link("A", null)]),
    member("2", [link("A", "C1")]),
    member("1", [link("A", "C1")]),
  ],
  unnamed: 2,
  courses: 2,
  competencies: 3,
  benefit: { forecast: null, measured: null },
};

it("a person counts once for each course and each skill, as the numbers of the API do", () => {
  const sum = (rows: { people: string[] }[]) => rows.reduce((n, row) => n + row.people.length, 0);
  expect(coursesOf(chain)).toEqual([{ key: "C1", title: "C1", minutes: 60, people: ["職員1", "職員2"] }]);
  expect(sum(coursesOf(chain))).toBe(chain.courses);
  expect(competenciesOf(chain).map((row) => row.key)).toEqual(["A", "B"]);
  expect(sum(competenciesOf(chain))).toBe(chain.competencies);
});

it("people with two stretches count once, those without a name too", () => {
  expect(peopleIn(chain)).toBe(4);
});
