import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { SuggestionAnswerGiven } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { request } from "../../api/http";

const SHOWN = 10;

// Each look at somebody else is logged: coming back to the tab is none.
const ONCE = { refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

export type Part = "open" | "not_for_me";

export const SUGGESTIONS = ["suggestions"] as const;

export const suggestionsQuery = (part: Part, page: number) =>
  queryOptions({
    queryKey: [...SUGGESTIONS, "me", part, page],
    queryFn: () =>
      answer(
        api.GET("/api/v1/suggestions/me/", { params: { query: { part, page, page_size: SHOWN } } }),
      ),
    placeholderData: keepPreviousData,
  });

/** null: the project looks for nobody, or the reader is in it. */
export const suggestionQuery = (key: string) =>
  queryOptions({
    queryKey: [...SUGGESTIONS, "project", key],
    queryFn: async () => {
      try {
        return await answer(
          api.GET("/api/v1/suggestions/me/projects/{key}/", { params: { path: { key } } }),
        );
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    },
  });

export const answersQuery = queryOptions({
  queryKey: [...SUGGESTIONS, "answers"],
  queryFn: () => answer(api.GET("/api/v1/suggestions/me/answers/")),
});

export const personSuggestionsQuery = (staffNumber: string, page: number) =>
  queryOptions({
    queryKey: [...SUGGESTIONS, "person", staffNumber, page],
    queryFn: () =>
      answer(
        api.GET("/api/v1/suggestions/people/{staff_number}/", {
          params: { path: { staff_number: staffNumber }, query: { page, page_size: SHOWN } },
        }),
      ),
    placeholderData: keepPreviousData,
    ...ONCE,
  });

export const putAnswer = (key: string, body: SuggestionAnswerGiven) =>
  answer(
    api.PUT("/api/v1/suggestions/me/projects/{key}/answer/", { params: { path: { key } }, body }),
  );

export const withdrawAnswer = (key: string) =>
  request(`/api/v1/suggestions/me/projects/${encodeURIComponent(key)}/answer/`, { method: "DELETE" });

export const matchNoticesQuery = queryOptions({
  queryKey: [...SUGGESTIONS, "notices"],
  queryFn: () => answer(api.GET("/api/v1/suggestions/me/notices/")),
});

export const setMatchNotices = (most: number) =>
  answer(api.PATCH("/api/v1/suggestions/me/notices/", { body: { most_a_month: most } }));

export const interestedQuery = (key: string) =>
  queryOptions({
    queryKey: ["project", key, "interested"],
    queryFn: () =>
      answer(api.GET("/api/v1/projects/{key}/interested/", { params: { path: { key } } })),
    ...ONCE,
  });
