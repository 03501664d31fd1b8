import { expect, test } from "vitest";

import { badgeAddress, pdfAddress, verifyAddress } from "./files";

test("a sheet is asked for in one language", () => {
  expect(pdfAddress("ab-1", "en")).toBe("/api/v1/certificates/ab-1/pdf/?language=en");
});

test("what stands in an address is never more than one step of it", () => {
  expect(verifyAddress("a/../b")).toBe("/verify/a%2F..%2Fb");
  expect(badgeAddress("a?b")).toBe("/api/v1/certificates/a%3Fb/badge/");
});
