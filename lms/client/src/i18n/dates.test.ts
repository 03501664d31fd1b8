import { describe, expect, it } from "vitest";

import { daysBetween, dueState, longDate, officeDay, timeSpan } from "./dates";

describe("officeDay", () => {
  it("is already tomorrow in Tokyo when it is afternoon in London", () => {
    expect(officeDay(new Date("2026-11-23T15:00:00Z"))).toBe("2026-11-24");
    expect(officeDay(new Date("2026-11-23T14:59:59Z"))).toBe("2026-11-23");
  });
});

describe("dueState", () => {
  it.each([
    ["2026-11-20", { kind: "overdue", days: 3 }],
    ["2026-11-22", { kind: "overdue", days: 1 }],
    ["2026-11-23", { kind: "today", days: 0 }],
    ["2026-11-24", { kind: "soon", days: 1 }],
    ["2026-11-30", { kind: "soon", days: 7 }],
    ["2026-12-01", { kind: "later", days: 8 }],
  ])("a course due on %s is %j on 23 November", (dueOn, expected) => {
    expect(dueState(dueOn, "2026-11-23")).toEqual(expected);
  });
});

it("counts days over the end of a year and a leap day", () => {
  expect(daysBetween("2027-12-31", "2028-03-01")).toBe(61);
});

describe("longDate", () => {
  it("writes a day as the language does", () => {
    expect(longDate("2026-11-30", "ja")).toBe("2026年11月30日");
    expect(longDate("2026-11-30", "en")).toBe("30 November 2026");
  });

  it("writes a moment as its day in Tokyo", () => {
    expect(longDate("2026-11-30T20:00:00Z", "ja")).toBe("2026年12月1日");
  });
});

describe("a span of time", () => {
  it("has its weekday and is in Tokyo", () => {
    const [from, to] = ["2026-12-01T04:30:00Z", "2026-12-01T08:00:00Z"];
    expect(timeSpan(from, to, "ja")).toBe("2026年12月1日(火) 13:30～17:00");
    expect(timeSpan(from, to, "en")).toContain("13:30–17:00");
  });

  it("names the day it ends on where that is another", () => {
    const span = timeSpan("2026-12-01T14:00:00Z", "2026-12-01T16:00:00Z", "ja");
    expect(span).toBe("2026年12月1日(火) 23:00～2026年12月2日(水) 01:00");
  });
});
