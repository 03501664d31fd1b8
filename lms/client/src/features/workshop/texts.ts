/** What is said of a session and of what one does with it. */

export const STANDINGS = {
  cancelled: "workshop.standing.cancelled",
  attended: "workshop.standing.attended",
  absent: "workshop.standing.absent",
  registered: "workshop.standing.registered",
  waiting: "workshop.standing.waiting",
  closed: "workshop.standing.closed",
  full: "workshop.standing.full",
  free: "workshop.standing.free",
} as const;

export const MOVES = {
  register: {
    name: "workshop.move.register",
    nameOf: "workshop.moveOf.register",
    ask: "workshop.ask.register",
    consequence: "workshop.consequence.register",
  },
  wait: {
    name: "workshop.move.wait",
    nameOf: "workshop.moveOf.wait",
    ask: "workshop.ask.wait",
    consequence: "workshop.consequence.wait",
  },
  cancel: {
    name: "workshop.move.cancel",
    nameOf: "workshop.moveOf.cancel",
    ask: "workshop.ask.cancel",
    consequence: "workshop.consequence.cancel",
  },
  leave: {
    name: "workshop.move.leave",
    nameOf: "workshop.moveOf.leave",
    ask: "workshop.ask.leave",
    consequence: "workshop.consequence.leave",
  },
} as const;

/** What came of it: the seat one has now, or none. */
export const OUTCOMES = {
  registered: "workshop.done.registered",
  waiting: "workshop.done.waiting",
  cancel: "workshop.done.cancel",
  leave: "workshop.done.leave",
} as const;
