import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { DutyQuery, DutyRow } from "../../api/contract";

export const oversightQuery = (query: Pick<DutyQuery, "department" | "course" | "person">) =>
  queryOptions({
    queryKey: ["oversight", "sums", query],
    queryFn: () => answer(api.GET("/api/v1/oversight/", { params: { query } })),
    placeholderData: keepPreviousData,
  });

export const dutiesQuery = (query: DutyQuery) =>
  queryOptions({
    queryKey: ["oversight", "duties", query],
    queryFn: () => answer(api.GET("/api/v1/oversight/duties/", { params: { query } })),
    placeholderData: keepPreviousData,
    // Each look is logged: coming back to the tab is none.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** Remind a person of a late course; false: that was done today already. */
export async function nudge(row: DutyRow): Promise<boolean> {
  const body = { staff_number: row.person.staff_number, course: row.course.key };
  return (await answer(api.POST("/api/v1/oversight/nudges/", { body }))).is_sent;
}
