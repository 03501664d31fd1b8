import { expect, it } from "vitest";

import { standingOf } from "./standing";

const sums = {
  people: 5,
  assessed: [2, 3],
  with_target: [4, 0],
  at_target: [1, 0],
  mean_level: [1, 2],
  changes: null,
  is_suppressed: false,
};

it("tells one column", () => {
  expect(standingOf(sums, 0)).toEqual({ people: 5, mean: 1, share: 0.25 });
  expect(standingOf(sums, 1)).toEqual({ people: 5, mean: 2, share: null });
});

it("weighs the columns by those assessed when all are taken together", () => {
  expect(standingOf(sums, -1)).toEqual({ people: 5, mean: 8 / 5, share: 0.25 });
});

it("knows no mean where nobody is assessed", () => {
  expect(standingOf({ ...sums, assessed: [0, 0], mean_level: [null, null] }, -1).mean).toBeNull();
});
