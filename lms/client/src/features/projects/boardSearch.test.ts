import { expect, it } from "vitest";

import { boardQueryOf, withFilter } from "./boardSearch";

it("an address without filters asks for everything", () => {
  expect(boardQueryOf(new URLSearchParams())).toEqual({});
});

it("the filters of the address are asked for, one that does not exist is not", () => {
  const search = new URLSearchParams("measure=M08&department=0502&whose=my_turn");
  expect(boardQueryOf(search)).toEqual({ measure: "M08", department: "0502", whose: "my_turn" });
  expect(boardQueryOf(new URLSearchParams("whose=yours"))).toEqual({});
});

it("a filter that is emptied leaves the address", () => {
  const search = new URLSearchParams("measure=M08&whose=mine");
  expect(withFilter(search, "whose", "all").toString()).toBe("measure=M08");
  expect(withFilter(search, "measure", "").toString()).toBe("whose=mine");
  expect(withFilter(search, "department", "0502").get("department")).toBe("0502");
});
