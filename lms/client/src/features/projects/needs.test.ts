import { expect, it } from "vitest";

import { draftOf, faultOf, needsOf, withNeed } from "./needs";

const held = draftOf([
  { competency: { key: "BX-P3", title: "RPA" }, level: 3, headcount: 2, is_must: true },
]);

it("what is not changed is sent as it came", () => {
  expect(needsOf(held)).toEqual([{ competency: "BX-P3", level: 3, headcount: 2, is_must: true }]);
});

it("a new row has to be filled in, and must not repeat another", () => {
  const added = withNeed(held);
  expect(faultOf(added)).toEqual({ id: 1, kind: "empty" });
  const twice = added.map((row) => ({ ...row, competency: "BX-P3" }));
  expect(faultOf(twice)).toEqual({ id: 1, kind: "repeated" });
  expect(faultOf(held)).toBeNull();
});

it("rows that come and go never share an id", () => {
  const [, ...others] = withNeed(withNeed(held));
  expect(withNeed(others).map((row) => row.id)).toEqual([1, 2, 3]);
});
