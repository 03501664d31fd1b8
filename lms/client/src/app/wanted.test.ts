import { describe, expect, it } from "vitest";

import { isClientAddress, loginAddress, wantedAddress } from "./wanted";

describe("wantedAddress", () => {
  it("gives back what loginAddress remembered, filters and all", () => {
    const wanted = "/matrix?department=d1&page=2";
    expect(wantedAddress(new URL(loginAddress(wanted), "http://x").search)).toBe(wanted);
  });

  it.each(["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""])(
    "never leads to another site: %s",
    (next) => {
      expect(wantedAddress(`?next=${encodeURIComponent(next)}`)).toBe("/");
    },
  );
});

describe("isClientAddress", () => {
  it.each(["/", "/skills", "/skills/BX-S1", "/courses/rpa/lessons/1", "/matrix?tier=t1", "/team?state=overdue", "/record", "/notices", "/notices/settings"])(
    "%s is ours",
    (address) => expect(isClientAddress(address)).toBe(true),
  );
  it.each(["/admin/", "/api/v1/docs/", "/documents/1/a.pdf"])("%s is Django's", (address) =>
    expect(isClientAddress(address)).toBe(false),
  );
});
