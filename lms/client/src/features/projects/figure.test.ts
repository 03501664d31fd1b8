import { expect, it } from "vitest";

import { fractionOf, hoursOf, numberOf } from "./figure";

it.each([
  ["1,471", 1471],
  ["１２．５", 12.5],
  [" 30 ", 30],
  ["0", 0],
])("%s is the number %d", (text, value) => expect(numberOf(text)).toBe(value));

it.each(["", "-3", "約30", "1e3"])("“%s” is no number", (text) => expect(numberOf(text)).toBeNull());

it("hours a year are cases times minutes by sixty", () => {
  expect(hoursOf("35", "2,521.714")).toBeCloseTo(1471, 2);
  expect(hoursOf("1", "26460")).toBe(441);
  expect(hoursOf("0", "10")).toBe(0);
  expect(hoursOf("", "10")).toBeNull();
});

it("a percentage becomes a fraction of four places", () => {
  expect(fractionOf("2.5")).toBe("0.0250");
  expect(fractionOf("100")).toBe("1.0000");
  expect(fractionOf("101")).toBeNull();
});
