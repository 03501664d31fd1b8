import { describe, expect, it } from "vitest";

import { dutiesFile, dutyQueryOf, withTeamFilter } from "./teamSearch";

describe("the address of the section's page", () => {
  it.each([
    ["", { state: "all", page: 1, page_size: 50 }],
    ["state=overdue&page=2", { state: "overdue", page: 2, page_size: 50 }],
    ["state=lost&page=-1", { state: "all", page: 1, page_size: 50 }],
    ["course=S1&department=", { state: "all", page: 1, page_size: 50, course: "S1" }],
  ])("%s", (address, query) => {
    expect(dutyQueryOf(new URLSearchParams(address))).toEqual(query);
  });

  it("goes back to the first page when a filter changes", () => {
    const changed = withTeamFilter(new URLSearchParams("page=3&state=done"), "course", "S1");
    expect(changed.toString()).toBe("state=done&course=S1");
    expect(withTeamFilter(changed, "course", "").toString()).toBe("state=done");
  });

  it("offers the list as a file, whole", () => {
    const address = dutiesFile(new URLSearchParams("page=3&state=done&person=区民"));
    const query = new URLSearchParams(address.split("?")[1]);
    expect(Object.fromEntries(query)).toEqual({ person: "区民", state: "done", format: "csv" });
  });
});
