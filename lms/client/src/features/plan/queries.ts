import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { PlanQuery } from "../../api/contract";

export const planChoicesQuery = queryOptions({
  queryKey: ["plan", "choices"],
  queryFn: () => answer(api.GET("/api/v1/plans/choices/")),
});

export const planQuery = (query: PlanQuery) =>
  queryOptions({
    queryKey: ["plan", query],
    queryFn: () => answer(api.GET("/api/v1/plans/me/", { params: { query } })),
    placeholderData: keepPreviousData,
  });
