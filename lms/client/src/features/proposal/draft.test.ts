import { expect, it } from "vitest";

import type { Project } from "../../api/contract";
import { comparedText, EMPTY, faultsOf, hoursOf, numberOf, proposalOf, withTemplate } from "./draft";

const template = {
  key: "RPA",
  measure: "M08",
  effort: "S",
  baseline: { saving_rate: 0.7 },
  needs: [
    { competency: { key: "K1", title: "自動化" }, level: 2, headcount: 1, is_must: true },
    { competency: { key: "K2", title: "表計算" }, level: 1, headcount: 2, is_must: false },
  ],
} as unknown as Project;

const full = {
  ...EMPTY,
  title: "申請書の入力",
  today: "打ち込む",
  cases: "１，２００",
  minutes: "15",
  expected: "4.5",
  template: "RPA",
};

it("numbers may be typed in full width, with separators", () => {
  expect(numberOf("１，２００")).toBe(1200);
  expect(numberOf(" 4.5 ")).toBe(4.5);
  expect(numberOf("0")).toBe(0);
});

it("what is no number, or below nothing, is none", () => {
  for (const text of ["", "約10", "-1", "1.234", "1e3"]) expect(numberOf(text)).toBeNull();
});

it("hours are cases times minutes; what is expected may be missing", () => {
  expect(hoursOf(full)).toEqual({ now: 300, then: 90 });
  expect(hoursOf({ ...full, expected: "" })).toEqual({ now: 300, then: null });
  expect(hoursOf({ ...full, cases: "" })).toBeNull();
});

it("a template brings its skills and its saving, but overwrites nothing that was typed", () => {
  const taken = withTemplate({ ...full, expected: "", template: "" }, template);
  expect(taken).toMatchObject({ template: "RPA", needs: { K1: 2, K2: 1 }, expected: "4.5" });
  expect(withTemplate({ ...full, expected: "10" }, template).expected).toBe("10");
});

it("a full draft has no faults, an empty one says what is missing", () => {
  expect([...faultsOf(full)]).toEqual([]);
  expect([...faultsOf(EMPTY).keys()].sort()).toEqual(
    ["cases", "expected", "minutes", "template", "title", "today"],
  );
  expect(faultsOf({ ...full, expected: "16" }).get("expected")).toBe("more");
  expect(faultsOf({ ...full, people: "1.5" }).get("people")).toBe("number");
});

it("the proposal has the skills that were kept, at the levels chosen", () => {
  const made = proposalOf({ ...full, needs: { K1: 3 } }, template, { today: "【現状】", pain: "【困りごと】" });
  expect(made.needs).toEqual([{ competency: "K1", level: 3, headcount: 1, is_must: true }]);
  expect(made.summary_ja).toBe("【現状】\n打ち込む");
  expect(made.work).toEqual({
    cases_per_year: "1200",
    minutes_per_case: "15",
    minutes_expected: "4.5",
    people: null,
  });
});

it("what is compared fits the address", () => {
  expect(comparedText({ ...full, today: "あ".repeat(1000) })).toHaveLength(300);
});
