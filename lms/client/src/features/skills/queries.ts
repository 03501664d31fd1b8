import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";

const LOOKS_SHOWN = 20;

export const trendQuery = queryOptions({
  queryKey: ["skills", "trend"],
  queryFn: () => answer(api.GET("/api/v1/skills/trend/")),
});

export const looksQuery = (page: number) =>
  queryOptions({
    queryKey: ["skills", "looks", page],
    queryFn: () =>
      answer(api.GET("/api/v1/skills/looks/", { params: { query: { page, page_size: LOOKS_SHOWN } } })),
    placeholderData: keepPreviousData,
  });
