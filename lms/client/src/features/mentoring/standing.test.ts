import { describe, expect, it } from "vitest";

import type { MentorPair } from "../../api/contract";
import { awaitsMyAnswer, byStanding } from "./standing";

const pair = (values: Partial<MentorPair>): MentorPair =>
  ({
    state: "proposed",
    side: "learner",
    learner_agrees: null,
    mentor_agrees: null,
    ...values,
  }) as MentorPair;

describe("a pair", () => {
  it("waits for the side that has not said anything", () => {
    expect(awaitsMyAnswer(pair({ mentor_agrees: true }))).toBe(true);
    expect(awaitsMyAnswer(pair({ learner_agrees: true }))).toBe(false);
    expect(awaitsMyAnswer(pair({ side: "mentor", learner_agrees: true }))).toBe(true);
  });

  it("stands in one list", () => {
    const rows = [
      pair({ uuid: "1" }),
      pair({ uuid: "2", learner_agrees: true }),
      pair({ uuid: "3", state: "agreed" }),
      pair({ uuid: "4", state: "declined" }),
      pair({ uuid: "5", state: "ended" }),
    ];
    const { offers, running, over } = byStanding(rows);
    expect([offers, running, over].map((list) => list.map(({ uuid }) => uuid))).toEqual([
      ["1"],
      ["2", "3"],
      ["4", "5"],
    ]);
  });
});
