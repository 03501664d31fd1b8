/** The one formula of the ledger, for the preview of what is being typed. */

/** Minutes an hour. */
const HOUR = 60;

/** A number as people type it, full-width and with separators; null = none, or not a number. */
export function numberOf(text: string): number | null {
  const plain = text.normalize("NFKC").replace(/[,\s]/g, "");
  if (!/^\d+(\.\d+)?$/.test(plain)) return null;
  return Number(plain);
}

/** Hours a year = cases a year × minutes a case ÷ 60; null = one of them is missing. */
export function hoursOf(cases: string, minutes: string): number | null {
  const [a, b] = [numberOf(cases), numberOf(minutes)];
  return a === null || b === null ? null : (a * b) / HOUR;
}

/** A percentage as people type it → the fraction the API takes, without binary dust. */
export function fractionOf(percent: string): string | null {
  const value = numberOf(percent);
  if (value === null || value > 100) return null;
  return (value / 100).toFixed(4);
}
