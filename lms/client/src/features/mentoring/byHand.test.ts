import { expect, it } from "vitest";

import { askedByHand, NOBODY } from "./byHand";

const WHOLE = {
  mentor: { staff_number: "1" },
  learner: { staff_number: "2" },
  competency: "K1",
  level: 3,
};

it("is sent once both people and the skill are chosen", () => {
  expect(askedByHand(WHOLE)).toEqual({ mentor: "1", learner: "2", competency: "K1", level: 3 });
});

it.each([{ mentor: null }, { learner: null }, { competency: "" }, NOBODY])(
  "is not sent with %o",
  (missing) => expect(askedByHand({ ...WHOLE, ...missing })).toBeNull(),
);
