import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { CoverageQuery, ExpiringQuery, UnitQuery, WhatIfMove } from "../../api/contract";

// Each look at names is logged: coming back to the tab is none.
const ONCE = { refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

export const coverageQuery = (query: CoverageQuery) =>
  queryOptions({
    queryKey: ["coverage", query],
    queryFn: () => answer(api.GET("/api/v1/skills/coverage/", { params: { query } })),
    placeholderData: keepPreviousData,
  });

export const unitQuery = (kind: string, key: string, query: UnitQuery) =>
  queryOptions({
    queryKey: ["coverage", "unit", kind, key, query],
    queryFn: () =>
      answer(
        api.GET("/api/v1/skills/coverage/{kind}/{key}/", {
          params: { path: { kind, key }, query },
        }),
      ),
    placeholderData: keepPreviousData,
    ...ONCE,
  });

export const expiringQuery = (query: ExpiringQuery) =>
  queryOptions({
    queryKey: ["coverage", "expiring", query],
    queryFn: () => answer(api.GET("/api/v1/skills/expiring/", { params: { query } })),
    placeholderData: keepPreviousData,
    ...ONCE,
  });

export const whatIfChoicesQuery = queryOptions({
  queryKey: ["coverage", "what-if"],
  queryFn: () => answer(api.GET("/api/v1/skills/what-if/")),
});

export const movablePeopleQuery = (search: string) =>
  queryOptions({
    queryKey: ["coverage", "people", search],
    queryFn: () =>
      answer(api.GET("/api/v1/skills/what-if/people/", { params: { query: { search } } })),
    enabled: search !== "",
    ...ONCE,
  });

/** Nothing is written by it. */
export const personnelWhatIfQuery = (uuid: string) =>
  queryOptions({
    queryKey: ["what-if", "personnel", uuid],
    queryFn: () =>
      answer(
        api.GET("/api/v1/skills/what-if/personnel/{uuid}/", { params: { path: { uuid } } }),
      ),
  });

export const askWhatIf = (on: string, moves: WhatIfMove[]) =>
  answer(api.POST("/api/v1/skills/what-if/", { body: { on, moves } }));
