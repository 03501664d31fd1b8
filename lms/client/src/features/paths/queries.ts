import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";

const LARGEST_PAGE = 200;

export const pathsQuery = queryOptions({
  queryKey: ["learning", "paths"],
  queryFn: async () =>
    (await answer(api.GET("/api/v1/paths/", { params: { query: { page_size: LARGEST_PAGE } } })))
      .results,
});

export const pathQuery = (key: string) =>
  queryOptions({
    queryKey: ["learning", "path", key],
    queryFn: () => answer(api.GET("/api/v1/paths/{key}/", { params: { path: { key } } })),
  });
