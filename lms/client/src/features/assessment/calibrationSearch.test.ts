import { describe, expect, it } from "vitest";

import { differenceQueryOf, explainedIn, withChange } from "./calibrationSearch";

describe("the address of a calibration", () => {
  it.each([
    ["", { at_least: 1, page: 1, page_size: 50 }],
    ["at_least=2&department=0404&page=3", { at_least: 2, department: "0404", page: 3, page_size: 50 }],
    ["at_least=0", { at_least: 0, page: 1, page_size: 50 }],
    ["at_least=9&page=-1", { at_least: 1, page: 1, page_size: 50 }],
  ])("%j asks for %j", (address, query) => {
    expect(differenceQueryOf(new URLSearchParams(address))).toEqual(query);
  });

  it("names the level that is explained, or none", () => {
    expect(explainedIn(new URLSearchParams("cell=001001:DA-E2"))).toEqual({
      staffNumber: "001001",
      competency: "DA-E2",
    });
    expect(explainedIn(new URLSearchParams("cell=001001"))).toBeNull();
    expect(explainedIn(new URLSearchParams(""))).toBeNull();
  });

  it("begins on the first page when narrowed, and stays where it is when a level is explained", () => {
    const search = new URLSearchParams("page=3&department=A");
    expect(withChange(search, "department", "").toString()).toBe("");
    expect(withChange(search, "cell", "1:A").get("page")).toBe("3");
  });
});
