import { describe, expect, it } from "vitest";

import type { WorkshopSession } from "../../api/contract";
import { comingFirst, moveOf, standingOf } from "./seat";

const SESSION: WorkshopSession = {
  uuid: "a",
  starts_at: "2030-01-15T04:30:00Z",
  ends_at: "2030-01-15T08:00:00Z",
  closes_at: "2030-01-14T08:00:00Z",
  is_open: true,
  place: "第1研修室",
  is_online: false,
  online_url: "",
  instructor: "",
  note: "",
  capacity: 10,
  seats_left: 3,
  waiting: 0,
  cancelled_reason: "",
  mine: null,
};
const SEAT = { state: "registered", place_in_line: 0, attendance: null } as const;

describe("a session", () => {
  it.each([
    [{}, "free", "register"],
    [{ seats_left: 0, waiting: 2 }, "full", "wait"],
    [{ mine: SEAT }, "registered", "cancel"],
    [{ mine: { ...SEAT, state: "waiting", place_in_line: 2 } as const }, "waiting", "leave"],
    [{ is_open: false }, "closed", null],
    [{ is_open: false, mine: SEAT }, "registered", null],
    [{ is_open: false, mine: { ...SEAT, attendance: "attended" } as const }, "attended", null],
    [{ is_open: false, mine: { ...SEAT, attendance: "absent" } as const }, "absent", null],
    [{ is_open: false, cancelled_reason: "台風", mine: SEAT }, "cancelled", null],
  ])("of %j stands and moves", (change, standing, move) => {
    const session = { ...SESSION, ...change };
    expect(standingOf(session)).toBe(standing);
    expect(moveOf(session)).toBe(move);
  });

  it("that is over or called off stands behind those to come", () => {
    const over = { ...SESSION, uuid: "over", ends_at: "2029-01-01T00:00:00Z" };
    const off = { ...SESSION, uuid: "off", cancelled_reason: "台風" };
    const rows = comingFirst([over, off, SESSION], new Date("2030-01-01T00:00:00Z"));
    expect(rows.map((row) => row.uuid)).toEqual(["a", "over", "off"]);
  });
});
