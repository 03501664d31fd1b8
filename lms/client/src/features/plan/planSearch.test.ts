import { describe, expect, it } from "vitest";

import { aimOf, planAddress, planQueryOf, searchOf, withChoice } from "./planSearch";

const TODAY = "2026-04-06";
const queryOf = (address: string) => planQueryOf(new URLSearchParams(address), TODAY);

describe("the address of a plan", () => {
  it.each([
    ["", null],
    ["hours_per_week=3", null],
    ["project=RPA", { project: "RPA", hours_per_week: 2 }],
    ["role=DAT&hours_per_week=3", { role: "DAT", hours_per_week: 3 }],
    ["project=RPA&role=DAT", { project: "RPA", hours_per_week: 2 }],
    ["project=RPA&hours_per_week=0", { project: "RPA", hours_per_week: 2 }],
    ["project=RPA&hours_per_week=41", { project: "RPA", hours_per_week: 2 }],
    ["project=RPA&hours_per_week=1.5", { project: "RPA", hours_per_week: 2 }],
    ["project=RPA&before=2026-04-06", { project: "RPA", hours_per_week: 2, before: TODAY }],
    ["project=RPA&before=2026-04-05", { project: "RPA", hours_per_week: 2 }],
    ["project=RPA&before=soon", { project: "RPA", hours_per_week: 2 }],
  ])("%s", (address, query) => {
    expect(queryOf(address)).toEqual(query);
  });

  it("is what the form says, and back", () => {
    const search = searchOf("role:A:B", "3", "");
    expect(search.toString()).toBe("role=A%3AB&hours_per_week=3");
    expect(aimOf(search)).toBe("role:A:B");
    expect(searchOf("project:RPA", "1", "2026-05-01").get("before")).toBe("2026-05-01");
  });

  it("keeps the rest when one thing changes", () => {
    const search = new URLSearchParams("project=RPA&hours_per_week=2");
    expect(withChoice(search, "hours_per_week", "5").toString()).toBe(
      "project=RPA&hours_per_week=5",
    );
    expect(planAddress("project", "A&B")).toBe("/plan?project=A%26B");
  });
});
