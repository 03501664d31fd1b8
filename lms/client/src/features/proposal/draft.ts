import type { Project, Proposal } from "../../api/contract";

/** What the form holds, as typed. `template` is the key of the catalogue's project it resembles. */
export type Draft = {
  title: string;
  today: string;
  pain: string;
  cases: string;
  minutes: string;
  people: string;
  template: string;
  expected: string;
  /** Key of a competency -> level; a skill that is not among them is not needed. */
  needs: Record<string, number>;
};

export const EMPTY: Draft = {
  title: "",
  today: "",
  pain: "",
  cases: "",
  minutes: "",
  people: "",
  template: "",
  expected: "",
  needs: {},
};

const MOST_COMPARED = 300;
const MINUTES_AN_HOUR = 60;

const keyOf = (username: string) => `lms.proposal.${username}`;

/** The draft that this person left on this device; nothing readable is an empty one. */
export function keptDraft(username: string): Draft {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(username)) ?? "null");
    return isDraft(kept) ? kept : EMPTY;
  } catch {
    return EMPTY;
  }
}

/** False: the browser keeps nothing, for example since it is full. */
export function keepDraft(username: string, draft: Draft): boolean {
  try {
    localStorage.setItem(keyOf(username), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(username: string): void {
  try {
    localStorage.removeItem(keyOf(username));
  } catch {
    // What was never kept need not be dropped.
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const row = value as Record<string, unknown>;
  return Object.entries(EMPTY).every(([name, empty]) => typeof row[name] === typeof empty) && row.needs !== null;
}

/** Full-width digits and separators are how many people type numbers. null: it is none, or below 0. */
export function numberOf(text: string): number | null {
  const plain = text.normalize("NFKC").replaceAll(/[,\s、]/g, "");
  if (!/^\d+(\.\d{1,2})?$/.test(plain)) return null;
  return Number(plain);
}

/** What is sent to find similar projects; empty: too little is said yet. */
export function comparedText({ title, today, pain }: Draft): string {
  return [title, today, pain].join(" ").trim().slice(0, MOST_COMPARED);
}

/** Hours a year, now and as expected; null: the numbers are not complete. */
export function hoursOf(draft: Draft): { now: number; then: number | null } | null {
  const [cases, minutes] = [numberOf(draft.cases), numberOf(draft.minutes)];
  if (cases === null || minutes === null) return null;
  const expected = numberOf(draft.expected);
  return {
    now: (cases * minutes) / MINUTES_AN_HOUR,
    then: expected === null ? null : (cases * expected) / MINUTES_AN_HOUR,
  };
}

/** The draft with the template's skills, and its saving where it has one and nothing was typed. */
export function withTemplate(draft: Draft, template: Project): Draft {
  const rate = template.baseline?.saving_rate ?? null;
  const minutes = numberOf(draft.minutes);
  return {
    ...draft,
    template: template.key,
    needs: Object.fromEntries(template.needs.map((need) => [need.competency.key, need.level])),
    expected:
      draft.expected === "" && rate !== null && minutes !== null
        ? String(Math.round(minutes * (1 - rate) * 10) / 10)
        : draft.expected,
  };
}

export type Field = "title" | "today" | "cases" | "minutes" | "people" | "template" | "expected";

/** What is still missing or no number. More minutes than now save nothing. */
export function faultsOf(draft: Draft): Map<Field, "missing" | "number" | "more"> {
  const faults = new Map<Field, "missing" | "number" | "more">();
  for (const name of ["title", "today", "template"] as const) {
    if (draft[name].trim() === "") faults.set(name, "missing");
  }
  for (const name of ["cases", "minutes", "expected", "people"] as const) {
    if (draft[name].trim() === "") {
      if (name !== "people") faults.set(name, "missing");
    } else {
      const value = numberOf(draft[name]);
      if (value === null || (name === "people" && !Number.isInteger(value))) faults.set(name, "number");
    }
  }
  const [minutes, expected] = [numberOf(draft.minutes), numberOf(draft.expected)];
  if (minutes !== null && expected !== null && expected > minutes) faults.set("expected", "more");
  return faults;
}

/** As the API takes it; only for a draft without faults. `headings` stand before the two texts. */
export function proposalOf(
  draft: Draft,
  template: Project,
  headings: { today: string; pain: string },
): Proposal {
  const parts = [`${headings.today}\n${draft.today.trim()}`];
  if (draft.pain.trim() !== "") parts.push(`${headings.pain}\n${draft.pain.trim()}`);
  return {
    title_ja: draft.title.trim(),
    summary_ja: parts.join("\n\n"),
    measure: template.measure,
    effort: template.effort,
    needs: template.needs.flatMap((need) => {
      const level = draft.needs[need.competency.key];
      return level === undefined
        ? []
        : [
            {
              competency: need.competency.key,
              level,
              headcount: need.headcount,
              is_must: need.is_must,
            },
          ];
    }),
    work: {
      cases_per_year: String(numberOf(draft.cases)),
      minutes_per_case: String(numberOf(draft.minutes)),
      minutes_expected: String(numberOf(draft.expected)),
      people: numberOf(draft.people),
    },
  };
}
