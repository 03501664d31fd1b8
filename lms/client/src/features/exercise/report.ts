/** A report in the orders in which people work through it. */

import type { Finding, RuleResult } from "../../api/contract";

export type LineFinding = { finding: Finding; rule: RuleResult };

/** How grave: a critical breach first, then by what it costs, then what is kept. */
export function gravestFirst(rules: readonly RuleResult[]): RuleResult[] {
  const share = (rule: RuleResult) => (rule.checked === 0 ? 0 : rule.failed / rule.checked);
  const rank = (rule: RuleResult) => (rule.failed === 0 ? 2 : rule.is_critical ? 0 : 1);
  return [...rules].sort(
    (a, b) => rank(a) - rank(b) || b.weight * share(b) - a.weight * share(a),
  );
}

/** Every finding in the order of the file; what is said of the file as a whole comes first. */
export function inFileOrder(rules: readonly RuleResult[]): LineFinding[] {
  return rules
    .flatMap((rule) => rule.findings.map((finding) => ({ finding, rule })))
    .sort((a, b) => a.finding.line - b.finding.line || columnOf(a) - columnOf(b));
}

/** A1 before B1 before AA1; no cell = before all. */
function columnOf({ finding }: LineFinding): number {
  const letters = /^[A-Z]+/.exec(finding.cell)?.[0] ?? "";
  let number = 0;
  for (let at = 0; at < letters.length; at += 1) number = number * 26 + letters.charCodeAt(at) - 64;
  return number;
}
