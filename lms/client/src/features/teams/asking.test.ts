import { describe, expect, it } from "vitest";

import type { Composition, TeamChoice } from "../../api/contract";
import { again, choiceFor, type Choices, chosen, isChanged } from "./asking";

const choice = (number: string, key = "P1"): TeamChoice => ({
  person: { staff_number: number, name: number, section: "" },
  project: { key, title: key },
});
const NONE: Choices = { pins: [], forbids: [] };

describe("choosing", () => {
  it("puts somebody into one project's team and no other", () => {
    const found = chosen(NONE, choice("1"), "pin");
    expect(choiceFor(found, "1", "P1")).toBe("pin");
    expect(choiceFor(found, "1", "P2")).toBeNull();
  });

  it("lets the later word hold", () => {
    const found = chosen(chosen(NONE, choice("1"), "pin"), choice("1"), "forbid");
    expect(found).toEqual({ pins: [], forbids: [choice("1")] });
  });

  it("is no change when taken back", () => {
    const found = chosen(chosen(NONE, choice("1"), "pin"), choice("1"), null);
    expect(isChanged(found, NONE)).toBe(false);
    expect(isChanged(chosen(NONE, choice("1"), "forbid"), NONE)).toBe(true);
  });
});

describe("asking again", () => {
  it("keeps projects, rules and time, and names where it comes from", () => {
    const composition = {
      request: { uuid: "u", projects: [{ key: "P1", title: "事業" }] },
      rules: { hours_per_person: 8, critical: [{ key: "K1", title: "分析" }] },
      time_limit: 30,
    } as unknown as Composition;
    expect(again(composition, chosen(NONE, choice("1"), "pin"), [{ impossible: 0, relaxation: 1 }])).toEqual({
      projects: ["P1"],
      rules: { hours_per_person: 8, critical: ["K1"] },
      pins: [{ staff_number: "1", project: "P1" }],
      forbids: [],
      seconds: 30,
      earlier: "u",
      ways: [{ impossible: 0, relaxation: 1 }],
    });
  });
});
