import { expect, it } from "vitest";

import type { Finding, RuleResult } from "../../api/contract";
import { gravestFirst, inFileOrder } from "./report";

const finding = (line: number, cell = ""): Finding => ({
  fault: "x",
  line,
  column: "",
  cell,
  value: "",
  hint: "",
  what: "",
  fix: "",
});
const rule = (code: string, failed: number, more: Partial<RuleResult> = {}): RuleResult => ({
  code,
  title: code,
  why: "",
  weight: 1,
  is_critical: false,
  checked: 10,
  failed,
  findings: [],
  ...more,
});

it("puts critical breaches first, then what costs most, then what is kept", () => {
  const rules = [
    rule("kept", 0),
    rule("light", 1),
    rule("heavy", 1, { weight: 20 }),
    rule("critical", 1, { is_critical: true }),
    rule("nothing to check", 0, { checked: 0 }),
  ];
  expect(gravestFirst(rules).map(({ code }) => code)).toEqual([
    "critical",
    "heavy",
    "light",
    "kept",
    "nothing to check",
  ]);
});

it("goes through the file line by line and column by column", () => {
  const rules = [
    rule("a", 3, { findings: [finding(4, "AA4"), finding(2, "B2"), finding(0)] }),
    rule("b", 2, { findings: [finding(4, "B4"), finding(4)] }),
  ];
  expect(inFileOrder(rules).map(({ finding: { line, cell } }) => `${line}${cell}`)).toEqual([
    "0",
    "2B2",
    "4",
    "4B4",
    "4AA4",
  ]);
});
