import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { MyWorkshopSession, WorkshopSession } from "../../api/contract";

const LARGEST_PAGE = 200;

/** The sessions of a workshop that can be gone to, and those I had a seat in. */
export const sessionsQuery = (course: string, workshop: string) =>
  queryOptions({
    queryKey: ["sessions", course, workshop],
    queryFn: async (): Promise<WorkshopSession[]> => {
      const rows: WorkshopSession[] = [];
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const found = await answer(
          api.GET("/api/v1/courses/{key}/workshops/{activity_key}/sessions/", {
            params: {
              path: { key: course, activity_key: workshop },
              query: { page, page_size: LARGEST_PAGE },
            },
          }),
        );
        rows.push(...found.results);
        pages = found.pages;
      }
      return rows;
    },
  });

/** My coming sessions; nobody has more of them than fit on a page. */
export const mySessionsQuery = queryOptions({
  queryKey: ["sessions", "mine"],
  queryFn: async (): Promise<MyWorkshopSession[]> => {
    const query = { page: 1, page_size: LARGEST_PAGE };
    return (await answer(api.GET("/api/v1/workshops/", { params: { query } }))).results;
  },
});

const seat = (session: string) => ({ params: { path: { session_uuid: session } } });

export const registerFor = (session: string) =>
  answer(api.PUT("/api/v1/sessions/{session_uuid}/registration/", seat(session)));

export const giveUp = (session: string) =>
  answer(api.DELETE("/api/v1/sessions/{session_uuid}/registration/", seat(session)));
