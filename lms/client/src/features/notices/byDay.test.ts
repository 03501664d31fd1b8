import { expect, it } from "vitest";

import type { Notice } from "../../api/contract";
import { byDay } from "./byDay";

const notice = (uuid: string, createdAt: string): Notice => ({
  uuid,
  kind: "due_soon",
  title: "",
  text: "",
  path: "/",
  created_at: createdAt,
  read_at: null,
});

it("groups by the day in Tokyo and keeps the order", () => {
  const days = byDay([
    notice("c", "2026-11-25T15:30:00Z"),
    notice("b", "2026-11-25T14:30:00Z"),
    notice("a", "2026-11-24T15:00:00Z"),
  ]);
  expect(days.map(({ day, notices }) => [day, notices.map(({ uuid }) => uuid)])).toEqual([
    ["2026-11-26", ["c"]],
    ["2026-11-25", ["b", "a"]],
  ]);
});

it("has no days without notices", () => {
  expect(byDay([])).toEqual([]);
});
