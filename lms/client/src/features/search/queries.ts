import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { Wanted } from "./searchAddress";

const PAGE_SIZE = 10;

export const searchQuery = ({ query, page }: Wanted) =>
  queryOptions({
    queryKey: ["search", query, page],
    queryFn: () =>
      answer(
        api.GET("/api/v1/search/", { params: { query: { q: query, page, page_size: PAGE_SIZE } } }),
      ),
    enabled: query !== "",
    placeholderData: keepPreviousData,
  });
