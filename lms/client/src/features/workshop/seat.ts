import type { WorkshopSession } from "../../api/contract";

/** How a session stands for me; what is offered and what is shown follow from it. */
export type Standing =
  | "cancelled"
  | "attended"
  | "absent"
  | "registered"
  | "waiting"
  | "closed"
  | "full"
  | "free";

export function standingOf(session: WorkshopSession): Standing {
  const { mine } = session;
  if (session.cancelled_reason !== "") return "cancelled";
  if (mine?.attendance) return mine.attendance;
  if (mine !== null) return mine.state;
  if (!session.is_open) return "closed";
  return session.seats_left === 0 ? "full" : "free";
}

/** What I can do with it now. */
export type Move = "register" | "wait" | "cancel" | "leave" | null;

export function moveOf(session: WorkshopSession): Move {
  if (!session.is_open) return null;
  const moves: Partial<Record<Standing, Move>> = {
    free: "register",
    full: "wait",
    registered: "cancel",
    waiting: "leave",
  };
  return moves[standingOf(session)] ?? null;
}

/** Sessions are told apart from those over or called off, which stand last. */
export function comingFirst(sessions: WorkshopSession[], now: Date): WorkshopSession[] {
  const isComing = (session: WorkshopSession) =>
    session.cancelled_reason === "" && new Date(session.ends_at) > now;
  return [...sessions.filter(isComing), ...sessions.filter((session) => !isComing(session))];
}
