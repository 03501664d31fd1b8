import { expect, it } from "vitest";

import { fileFault } from "./fileFault";

const both = { formats: ["csv", "xlsx"] as ("csv" | "xlsx")[], max_bytes: 100 };

it.each([
  ["表.csv", 100, both, null],
  ["表.XLSX", 1, both, null],
  ["表.csv", 101, both, "tooLarge"],
  ["表.xls", 1, both, "wrongEnding"],
  ["csv", 1, both, "wrongEnding"],
  ["表.xlsx", 1, { ...both, formats: ["csv"] as ("csv" | "xlsx")[] }, "wrongEnding"],
])("%s of %d bytes", (name, size, exercise, fault) => {
  expect(fileFault({ name, size }, exercise)).toBe(fault);
});
