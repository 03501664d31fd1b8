import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { Proposal } from "../../api/contract";

const LARGEST_PAGE = 200;

export const templatesQuery = queryOptions({
  queryKey: ["projects", "templates"],
  queryFn: async () =>
    (
      await answer(
        api.GET("/api/v1/projects/", {
          params: { query: { status: "template", page_size: LARGEST_PAGE } },
        }),
      )
    ).results,
  staleTime: 5 * 60_000,
});

export const similarQuery = (text: string) =>
  queryOptions({
    queryKey: ["projects", "similar", text],
    queryFn: () => answer(api.GET("/api/v1/projects/similar/", { params: { query: { text } } })),
    enabled: text !== "",
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export const propose = (body: Proposal) => answer(api.POST("/api/v1/projects/", { body }));
