/** The matrix as of the ends of months: a slider of them, with the fiscal years marked. */

const YEARS = 5;

/** The ends of the months before `today`, oldest first, for five fiscal years; then today itself. */
export function monthEnds(today: string): string[] {
  const [year = 0, month = 1, day = 1] = today.split("-").map(Number);
  const first = fiscalYearOf(today) - YEARS + 1;
  const ends: string[] = [];
  for (let at = first * 12 + 3; at < year * 12 + month; at += 1) {
    const end = new Date(Date.UTC(Math.floor(at / 12), (at % 12) + 1, 0)).toISOString().slice(0, 10);
    if (end < today) ends.push(end);
  }
  return [...ends, isoDay(year, month, day)];
}

/** The place on the slider of a day: the last end that is not after it. */
export function placeOf(day: string, ends: readonly string[]): number {
  return Math.max(0, ends.findLastIndex((end) => end <= day));
}

/** 年度: April to March, named by the year it begins in. */
export function fiscalYearOf(day: string): number {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return month >= 4 ? year : year - 1;
}

/** Where on the slider each fiscal year ends or, the present one, has come to. */
export function fiscalYearMarks(ends: readonly string[]): { year: number; place: number }[] {
  const marks = new Map<number, number>();
  ends.forEach((end, place) => marks.set(fiscalYearOf(end), place));
  return [...marks].map(([year, place]) => ({ year, place }));
}

/** The same day a year before; of 29 February the 28th. */
export function yearBefore(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return isoDay(year - 1, month, month === 2 ? Math.min(date, 28) : date);
}

/** 1 April of the fiscal year of the day. */
export function fiscalStart(day: string): string {
  return isoDay(fiscalYearOf(day), 4, 1);
}

function isoDay(year: number, month: number, day: number): string {
  return [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
}
