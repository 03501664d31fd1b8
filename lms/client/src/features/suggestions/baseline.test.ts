import { expect, it } from "vitest";

import type { Baseline } from "../../api/contract";
import { baselineFigure } from "./baseline";

const baseline = (part: Partial<Baseline>): Baseline => ({
  metric: "年間の作業時間",
  unit: "時間",
  before: null,
  after: null,
  total: null,
  saving: null,
  saving_rate: null,
  note: "",
  ...part,
});

it("a before and an after are a change", () => {
  const figure = baselineFigure(baseline({ before: 1471, after: 441 }));
  expect(figure).toMatchObject({ kind: "change", before: 1471, after: 441 });
  expect(figure).toHaveProperty("rate", expect.closeTo(0.7002, 4));
});

it("the rate of the source is preferred to our own", () => {
  const figure = baselineFigure(baseline({ before: 1471, after: 441, saving_rate: 0.7 }));
  expect(figure).toHaveProperty("rate", 0.7);
});

it("a rise is a reduction below zero", () => {
  expect(baselineFigure(baseline({ before: 10, after: 15 }))).toHaveProperty("rate", -0.5);
});

it("a figure of a total is a share", () => {
  expect(baselineFigure(baseline({ after: 611, total: 3055 }))).toEqual({
    kind: "share",
    now: 611,
    total: 3055,
    rate: 0.2,
  });
});

it("zero is a figure, not an absence", () => {
  expect(baselineFigure(baseline({ after: 0, total: 2442 }))).toHaveProperty("rate", 0);
});

it("no figures are no figure", () => {
  expect(baselineFigure(baseline({ total: 35 }))).toBeNull();
});
