import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { EntryQuery } from "../../api/contract";

export const benefitsQuery = queryOptions({
  queryKey: ["benefits"],
  queryFn: () => answer(api.GET("/api/v1/benefits/")),
});

export const entriesQuery = (query: EntryQuery) =>
  queryOptions({
    queryKey: ["benefits", "entries", query],
    queryFn: () => answer(api.GET("/api/v1/benefits/entries/", { params: { query } })),
    placeholderData: keepPreviousData,
  });

export const chainYearsQuery = queryOptions({
  queryKey: ["benefits", "chain"],
  queryFn: async () => (await answer(api.GET("/api/v1/benefits/chain/"))).years,
});

export const chainListsQuery = (year: number) =>
  queryOptions({
    queryKey: ["benefits", "chain", year],
    queryFn: () =>
      answer(
        api.GET("/api/v1/benefits/chain/{fiscal_year}/", {
          params: { path: { fiscal_year: year } },
        }),
      ),
  });

// Each look at members' skills is logged: coming back to the tab is none.
export const valueChainQuery = (key: string) =>
  queryOptions({
    queryKey: ["benefits", "project-chain", key],
    queryFn: () => answer(api.GET("/api/v1/projects/{key}/chain/", { params: { path: { key } } })),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
