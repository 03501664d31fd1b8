import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { Composition, CompositionAsked } from "../../api/contract";
import { isUnderWay } from "./standing";

// Each look at names is logged: coming back to the tab is none.
const ONCE = { refetchOnWindowFocus: false, refetchOnReconnect: false } as const;
const POLL = 1_000;
export const ROWS_SHOWN = 20;

export const compositionsQuery = (page: number) =>
  queryOptions({
    queryKey: ["teams", "list", page],
    queryFn: () =>
      answer(api.GET("/api/v1/teams/", { params: { query: { page, page_size: ROWS_SHOWN } } })),
    placeholderData: keepPreviousData,
  });

export const teamChoicesQuery = queryOptions({
  queryKey: ["teams", "choices"],
  queryFn: () => answer(api.GET("/api/v1/teams/choices/")),
});

/** Asked for again until nothing better will come. */
export const compositionQuery = (uuid: string) =>
  queryOptions({
    queryKey: ["teams", "one", uuid],
    queryFn: () => answer(api.GET("/api/v1/teams/{uuid}/", { params: { path: { uuid } } })),
    refetchInterval: ({ state }) =>
      state.data === undefined || isUnderWay(state.data.request) ? POLL : false,
    ...ONCE,
  });

export const teamPeopleQuery = (search: string) =>
  queryOptions({
    queryKey: ["teams", "people", search],
    queryFn: () => answer(api.GET("/api/v1/teams/people/", { params: { query: { search } } })),
    enabled: search !== "",
    ...ONCE,
  });

export const comparedQuery = (first: string, second: string) =>
  queryOptions({
    queryKey: ["teams", "compared", first, second],
    queryFn: () =>
      answer(
        api.GET("/api/v1/teams/{uuid}/compared/", {
          params: { path: { uuid: first }, query: { other: second } },
        }),
      ),
    enabled: first !== "" && second !== "",
    ...ONCE,
  });

export const askTeams = (body: CompositionAsked): Promise<Composition> =>
  answer(api.POST("/api/v1/teams/", { body }));

export const adoptTeams = (uuid: string): Promise<Composition> =>
  answer(api.PUT("/api/v1/teams/{uuid}/adoption/", { params: { path: { uuid } } }));

export const undoAdoption = (uuid: string): Promise<Composition> =>
  answer(api.DELETE("/api/v1/teams/{uuid}/adoption/", { params: { path: { uuid } } }));
