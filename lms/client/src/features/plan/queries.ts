import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { PlanQuery } from "../../api/contract";

export const planChoicesQuery = queryOptions({
  queryKey: ["plan", "choices"],
  queryFn: () => answer(api.GET("/api/v1/plans/choices/")),
});

/** Mine, or that of somebody whose skills I may see. */
export const planQuery = (query: PlanQuery, staffNumber?: string) =>
  queryOptions({
    queryKey: ["plan", staffNumber ?? "me", query],
    queryFn: () =>
      staffNumber === undefined
        ? answer(api.GET("/api/v1/plans/me/", { params: { query } }))
        : answer(
            api.GET("/api/v1/plans/people/{staff_number}/", {
              params: { path: { staff_number: staffNumber }, query },
            }),
          ),
    placeholderData: keepPreviousData,
  });
