import type { AssessedPerson, AssessmentQuestion, CampaignRow } from "../../api/contract";
import { daysBetween } from "../../i18n/dates";
import type { Levels } from "./levelQueue";

/** What is filled in already. */
export function levelsOf(questions: AssessmentQuestion[]): Levels {
  return Object.fromEntries(
    questions.flatMap(({ competency, level }) => (level === null ? [] : [[competency.key, level]])),
  );
}

/** Keys of what is still to be filled in, in the order of the form. */
export function missingOf(questions: AssessmentQuestion[], levels: Levels): string[] {
  return questions.map(({ competency }) => competency.key).filter((key) => levels[key] === undefined);
}

/** Whom to assess next: the first after the present one who is not done, beginning anew at the end. */
export function nextPerson(people: AssessedPerson[], staffNumber: string): AssessedPerson | null {
  const at = people.findIndex((person) => person.staff_number === staffNumber);
  const inTurn = [...people.slice(at + 1), ...people.slice(0, Math.max(at, 0))];
  return inTurn.find((person) => person.head_done_at === null) ?? null;
}

/** Days until the last day, that day being 0. */
export function daysLeft(row: CampaignRow, today: string): number {
  return daysBetween(today, row.campaign.due_on);
}

export function awaitsMe(row: CampaignRow): boolean {
  return row.is_open && row.own !== null && row.own.done_at === null;
}

/** Somebody in the section waits to be assessed. */
export function awaitsHead(row: CampaignRow): boolean {
  return row.is_open && row.section !== null && row.section.head_done < row.section.people;
}

/** Open ones, the first to end first; then those that are over, the last to end first. */
export function byStanding(rows: CampaignRow[]): { open: CampaignRow[]; over: CampaignRow[] } {
  const open = rows.filter((row) => row.is_open);
  const over = rows.filter((row) => !row.is_open);
  const last = (row: CampaignRow) => row.campaign.due_on;
  return {
    open: open.sort((a, b) => last(a).localeCompare(last(b))),
    over: over.sort((a, b) => last(b).localeCompare(last(a))),
  };
}
