import { describe, expect, it } from "vitest";

import type { MovablePerson } from "../../api/contract";
import { asked, nextApril, NO_PLAN, planned, type PlanStep } from "./moves";

const person = (staff_number: string): MovablePerson => ({
  staff_number,
  name: staff_number,
  kana: "",
  department: { key: "0402", title: "税務課" },
  tier: null,
  roles: [],
});

const plan = (...steps: PlanStep[]) => steps.reduce(planned, NO_PLAN);
const ADD: PlanStep = { kind: "add", person: person("1") };

describe("a plan of moves", () => {
  it("names each person once, where the person is", () => {
    expect(asked(plan(ADD, ADD).moves)).toEqual([
      { staff_number: "1", department: "0402", tier: "", roles: [] },
    ]);
  });

  it("is changed, emptied and taken back step by step", () => {
    const set: PlanStep = { kind: "set", staffNumber: "1", values: { department: "" } };
    const add2: PlanStep = { kind: "add", person: person("2") };
    const undo: PlanStep = { kind: "undo" };
    const numbers = (...steps: PlanStep[]) =>
      asked(plan(...steps).moves).map((move) => `${move.staff_number}@${move.department}`);
    expect(numbers(ADD, set, add2)).toEqual(["1@", "2@0402"]);
    expect(numbers(ADD, add2, { kind: "remove", staffNumber: "1" })).toEqual(["2@0402"]);
    expect(numbers(ADD, set, add2, { kind: "reset" })).toEqual([]);
    expect(numbers(ADD, set, add2, { kind: "reset" }, undo)).toEqual(["1@", "2@0402"]);
    expect(numbers(ADD, set, undo)).toEqual(["1@0402"]);
    expect(numbers(ADD, undo, undo)).toEqual([]);
  });
});

describe("the day of most orders", () => {
  it.each([
    ["2026-03-31", "2026-04-01"],
    ["2026-04-01", "2027-04-01"],
    ["2026-11-25", "2027-04-01"],
  ])("after %s it is %s", (today, on) => {
    expect(nextApril(new Date(`${today}T12:00:00`))).toBe(on);
  });
});
