import { describe, expect, it } from "vitest";

import type { AssessedPerson, AssessmentQuestion, CampaignRow } from "../../api/contract";
import { awaitsHead, awaitsMe, byStanding, daysLeft, levelsOf, missingOf, nextPerson } from "./standing";

const question = (key: string, level: number | null): AssessmentQuestion => ({
  competency: { key, title: key, group: null, framework: { key: "F", title: "F" } },
  steps: [],
  level,
  handed_in: null,
  self_level: null,
  official_level: null,
  target: null,
});

const person = (staff_number: string, isDone: boolean): AssessedPerson => ({
  staff_number,
  name: staff_number,
  self_done_at: null,
  head_done_at: isDone ? "2026-04-01T00:00:00Z" : null,
  is_begun: isDone,
});

const row = (due_on: string, change: Partial<CampaignRow> = {}): CampaignRow => ({
  campaign: { key: due_on, title: "", fiscal_year: 2026, opens_on: "2026-04-01", due_on, asks_head: true },
  is_open: true,
  own: { answered: 0, asked: 2, done_at: null },
  section: null,
  may_calibrate: false,
  departments: [],
  ...change,
});

describe("a form", () => {
  it("counts level 0 as filled in", () => {
    const questions = [question("A", 0), question("B", null)];
    expect(levelsOf(questions)).toEqual({ A: 0 });
    expect(missingOf(questions, levelsOf(questions))).toEqual(["B"]);
  });
});

describe("the next person", () => {
  const people = [person("1", false), person("2", false), person("3", true), person("4", false)];
  it.each([
    ["1", "2"],
    ["2", "4"],
    ["4", "1"],
    ["unknown", "1"],
  ])("after %s is %s", (from, to) => {
    expect(nextPerson(people, from)?.staff_number).toBe(to);
  });
  it("is nobody when only the present one is left", () => {
    expect(nextPerson([person("1", false), person("2", true)], "1")).toBeNull();
  });
});

describe("a campaign", () => {
  const section = { people: 2, self_done: 0, head_done: 1 };
  it("awaits me until I hand in, and the head until everybody is assessed", () => {
    expect(awaitsMe(row("2026-05-01"))).toBe(true);
    expect(awaitsMe(row("2026-05-01", { is_open: false }))).toBe(false);
    expect(awaitsMe(row("2026-05-01", { own: { answered: 2, asked: 2, done_at: "x" } }))).toBe(false);
    expect(awaitsHead(row("2026-05-01", { section }))).toBe(true);
    expect(awaitsHead(row("2026-05-01", { section: { ...section, head_done: 2 } }))).toBe(false);
  });
  it("has days left, none on its last day", () => {
    expect(daysLeft(row("2026-05-01"), "2026-04-28")).toBe(3);
    expect(daysLeft(row("2026-05-01"), "2026-05-01")).toBe(0);
  });
  it("that ends first comes first, and those over the other way round", () => {
    const over = { is_open: false };
    const rows = [row("2026-05-09"), row("2026-05-01"), row("2025-01-01", over), row("2025-02-01", over)];
    const { open, over: past } = byStanding(rows);
    expect(open.map(({ campaign }) => campaign.key)).toEqual(["2026-05-01", "2026-05-09"]);
    expect(past.map(({ campaign }) => campaign.key)).toEqual(["2025-02-01", "2025-01-01"]);
  });
});
