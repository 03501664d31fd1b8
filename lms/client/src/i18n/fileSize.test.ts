import { expect, it } from "vitest";

import { fileSize } from "./fileSize";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_500, "1.5 KB"],
  [48_213, "48 KB"],
  [3_200_000, "3.2 MB"],
])("%i bytes are %s", (bytes, text) => {
  expect(fileSize(bytes)).toBe(text);
});
