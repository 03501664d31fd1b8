import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { RecordRow } from "../../api/contract";
import { request } from "../../api/http";

const LARGEST_PAGE = 200;

async function wholeRecord(): Promise<RecordRow[]> {
  const rows: RecordRow[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const found = await answer(
      api.GET("/api/v1/learning/record/", { params: { query: { page, page_size: LARGEST_PAGE } } }),
    );
    rows.push(...found.results);
    pages = found.pages;
  }
  return rows;
}

export const recordQuery = queryOptions({ queryKey: ["record"], queryFn: wholeRecord });

export const verificationQuery = (code: string) =>
  queryOptions({
    queryKey: ["verification", code],
    queryFn: () =>
      answer(api.GET("/api/v1/certificates/verify/{code}/", { params: { path: { code } } })),
  });

export const calendarLinkQuery = queryOptions({
  queryKey: ["calendar-link"],
  queryFn: () => answer(api.GET("/api/v1/learning/calendar-link/")),
});

export const makeCalendarLink = () => answer(api.POST("/api/v1/learning/calendar-link/"));

export const revokeCalendarLink = () =>
  request("/api/v1/learning/calendar-link/", { method: "DELETE" });
