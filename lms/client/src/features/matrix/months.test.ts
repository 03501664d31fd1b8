import { expect, it } from "vitest";

import { fiscalStart, fiscalYearMarks, fiscalYearOf, monthEnds, placeOf, yearBefore } from "./months";

const ends = monthEnds("2026-11-25");

it("runs from the end of April five fiscal years ago to today", () => {
  expect(ends[0]).toBe("2022-04-30");
  expect(ends.slice(-3)).toEqual(["2026-09-30", "2026-10-31", "2026-11-25"]);
  expect(ends).toContain("2024-02-29");
  expect(ends).toContain("2024-12-31");
});

it("does not name the last day of a month twice", () => {
  expect(monthEnds("2026-03-31").slice(-2)).toEqual(["2026-02-28", "2026-03-31"]);
});

it.each([
  ["2026-11-25", 55],
  ["2026-10-31", 54],
  ["2026-11-01", 54],
  ["2010-01-01", 0],
])("finds %s at %i", (day, place) => {
  expect(placeOf(day, ends)).toBe(place);
});

it("marks the last month of each fiscal year", () => {
  expect(fiscalYearMarks(ends).map(({ year, place }) => [year, ends[place]])).toEqual([
    [2022, "2023-03-31"],
    [2023, "2024-03-31"],
    [2024, "2025-03-31"],
    [2025, "2026-03-31"],
    [2026, "2026-11-25"],
  ]);
});

it("knows fiscal years and the year before", () => {
  expect([fiscalYearOf("2026-03-31"), fiscalYearOf("2026-04-01")]).toEqual([2025, 2026]);
  expect(yearBefore("2024-02-29")).toBe("2023-02-28");
  expect(fiscalStart("2026-02-01")).toBe("2025-04-01");
});
