import type { WorkshopSession } from "../../api/contract";

/** Where a session is held: the room, `online`, or both. */
export function placeOf(
  session: Pick<WorkshopSession, "place" | "is_online">,
  online: string,
): string {
  return [session.place, session.is_online ? online : ""].filter(Boolean).join(" / ");
}
