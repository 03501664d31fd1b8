import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { ReportQuery, RowsQuery } from "../../api/contract";

const MINUTE = 60_000;

/** The first page, with everything about all of them. */
export const matrixQuery = (query: RowsQuery) =>
  queryOptions({
    queryKey: ["skills", "matrix", query],
    queryFn: () => answer(api.GET("/api/v1/skills/matrix/", { params: { query } })),
    placeholderData: keepPreviousData,
    staleTime: MINUTE,
  });

/** A further page of the same. */
export const rowsQuery = (query: RowsQuery, page: number) =>
  queryOptions({
    queryKey: ["skills", "matrix", query, page],
    queryFn: () => answer(api.GET("/api/v1/skills/matrix/rows/", { params: { query: { ...query, page } } })),
    staleTime: MINUTE,
  });

/** What an old encoding cannot hold of all rows. Everybody listed is logged, so it is kept a while. */
export const charactersQuery = (query: RowsQuery) =>
  queryOptions({
    queryKey: ["skills", "matrix-characters", query],
    queryFn: () => answer(api.GET("/api/v1/skills/matrix/characters/", { params: { query } })),
    staleTime: MINUTE,
  });

export const fiscalYearQuery = (query: ReportQuery) =>
  queryOptions({
    queryKey: ["skills", "fiscal-year", query],
    queryFn: () => answer(api.GET("/api/v1/skills/matrix/fiscal-year/", { params: { query } })),
    placeholderData: keepPreviousData,
  });

export const viewsQuery = queryOptions({
  queryKey: ["skills", "matrix-views"],
  queryFn: () => answer(api.GET("/api/v1/me/matrix-views/")),
});

export const saveView = (name: string, query: string) =>
  answer(api.POST("/api/v1/me/matrix-views/", { body: { name, query } }));

export const renameView = (uuid: string, name: string) =>
  answer(api.PATCH("/api/v1/me/matrix-views/{uuid}/", { params: { path: { uuid } }, body: { name } }));

export async function deleteView(uuid: string): Promise<void> {
  await answer(
    api
      .DELETE("/api/v1/me/matrix-views/{uuid}/", { params: { path: { uuid } } })
      .then((outcome) => ({ ...outcome, data: null })),
  );
}
