import type { MovablePerson, WhatIfMove } from "../../api/contract";

/** One person of a plan. `department` "" = leaves the office, `tier` "" = keeps the one held. */
export type PlannedMove = {
  person: MovablePerson;
  department: string;
  tier: string;
  roles: string[];
};

/** A plan, and the plans before it, so that the last step can be taken back. */
export type Plan = { moves: PlannedMove[]; earlier: PlannedMove[][] };

export type PlanStep =
  | { kind: "add"; person: MovablePerson }
  | { kind: "set"; staffNumber: string; values: Partial<Omit<PlannedMove, "person">> }
  | { kind: "remove"; staffNumber: string }
  | { kind: "undo" }
  | { kind: "reset" };

export const NO_PLAN: Plan = { moves: [], earlier: [] };

const isOf = (staffNumber: string) => (move: PlannedMove) =>
  move.person.staff_number === staffNumber;

export function planned({ moves, earlier }: Plan, step: PlanStep): Plan {
  const next = (changed: PlannedMove[]): Plan => ({ moves: changed, earlier: [...earlier, moves] });
  switch (step.kind) {
    case "add": {
      const { person } = step;
      if (moves.some(isOf(person.staff_number))) return { moves, earlier };
      const department = person.department?.key ?? "";
      return next([...moves, { person, department, tier: "", roles: [] }]);
    }
    case "set":
      return next(
        moves.map((move) =>
          isOf(step.staffNumber)(move) ? { ...move, ...step.values } : move,
        ),
      );
    case "remove":
      return next(moves.filter((move) => !isOf(step.staffNumber)(move)));
    case "reset":
      return moves.length === 0 ? { moves, earlier } : next([]);
    case "undo": {
      const last = earlier.at(-1);
      return last === undefined ? { moves, earlier } : { moves: last, earlier: earlier.slice(0, -1) };
    }
  }
}

export function asked(moves: PlannedMove[]): WhatIfMove[] {
  return moves.map(({ person, ...values }) => ({ staff_number: person.staff_number, ...values }));
}

/** The next 1 April, when most orders take effect. */
export function nextApril(today: Date): string {
  const year = today.getFullYear() + (today.getMonth() >= 3 ? 1 : 0);
  return `${String(year)}-04-01`;
}
