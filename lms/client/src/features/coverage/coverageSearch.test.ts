import { describe, expect, it } from "vitest";

import {
  coverageFile,
  coverageQueryOf,
  expiringQueryOf,
  unitAddress,
  withFilter,
} from "./coverageSearch";

const FIRST = { page: 1, page_size: 50, horizon: 180 };

describe("the address of the coverage", () => {
  it.each([
    ["", FIRST],
    ["horizon=90&page=2", { ...FIRST, horizon: 90, page: 2 }],
    ["horizon=7&kind=office&reason=bad&page=0&as_of=soon", FIRST],
    ["kind=process&reason=short_now", { ...FIRST, kind: "process", reason: "short_now" }],
    ["as_of=2026-04-01&department=0402", { ...FIRST, as_of: "2026-04-01", department: "0402" }],
  ])("%s", (address, query) => {
    expect(coverageQueryOf(new URLSearchParams(address))).toEqual(query);
  });

  it("narrows what expires to targets only when asked", () => {
    expect(expiringQueryOf(new URLSearchParams("only_targets=1"))).toEqual(FIRST);
    expect(expiringQueryOf(new URLSearchParams("only_targets=true"))).toEqual({
      ...FIRST,
      only_targets: true,
    });
  });

  it("goes back to the first page when a filter changes", () => {
    const changed = withFilter(new URLSearchParams("page=3&kind=section"), "reason", "short_now");
    expect(changed.toString()).toBe("kind=section&reason=short_now");
    expect(withFilter(changed, "reason", "").toString()).toBe("kind=section");
  });

  it("takes the filters along to a unit, for the way back", () => {
    const search = new URLSearchParams("page=3&kind=section&horizon=90");
    const unit = { kind: "section", key: "0402" };
    expect(unitAddress(unit, search)).toBe("/coverage/section/0402?page=3&kind=section&horizon=90");
    expect(unitAddress(unit, new URLSearchParams())).toBe("/coverage/section/0402");
  });

  it("offers the list as a file, whole", () => {
    const address = coverageFile(new URLSearchParams("page=3&kind=process"), "risks");
    const query = new URLSearchParams(address.split("?")[1]);
    expect(Object.fromEntries(query)).toEqual({
      list: "risks",
      format: "csv",
      horizon: "180",
      kind: "process",
    });
  });
});
