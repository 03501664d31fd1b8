import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { MentorPair, MyMentoring } from "../../api/contract";

export const MENTORING = "/mentoring";
export const MENTORING_OFFICE = "/mentoring/office";

// Each look at names is logged: coming back to the tab is none.
const ONCE = { refetchOnWindowFocus: false, refetchOnReconnect: false } as const;
const MOST_OWN = 100;
export const ROWS_SHOWN = 20;

export const myMentoringQuery = queryOptions({
  queryKey: ["mentoring", "me"],
  queryFn: () => answer(api.GET("/api/v1/mentoring/me/")),
});

export const myPairsQuery = queryOptions({
  queryKey: ["mentoring", "pairs", "mine"],
  queryFn: async () =>
    (await answer(api.GET("/api/v1/mentoring/pairs/", { params: { query: { page_size: MOST_OWN } } })))
      .results,
});

export const allPairsQuery = (page: number) =>
  queryOptions({
    queryKey: ["mentoring", "pairs", "all", page],
    queryFn: () =>
      answer(
        api.GET("/api/v1/mentoring/pairs/", {
          params: { query: { whose: "all", page, page_size: ROWS_SHOWN } },
        }),
      ),
    placeholderData: keepPreviousData,
    ...ONCE,
  });

export const proposalsQuery = queryOptions({
  queryKey: ["mentoring", "proposals"],
  queryFn: () => answer(api.GET("/api/v1/mentoring/proposals/")),
  ...ONCE,
});

export type Willing = Pick<MyMentoring, "learners" | "hours_per_month"> & {
  teaches: string[];
  wishes: { competency: string; level: number }[];
};

export const putMyMentoring = (body: Willing) =>
  answer(api.PUT("/api/v1/mentoring/me/", { body }));

export type Sides = { learner: string; mentor: string };

/** null = every proposal. */
export const proposePairs = (pairs: Sides[] | null) =>
  answer(api.POST("/api/v1/mentoring/pairs/", { body: { pairs } }));

export type AskedByHand = Sides & { competency: string; level: number };

export const proposeByHand = (body: AskedByHand) =>
  answer(api.POST("/api/v1/mentoring/pairs/by-hand/", { body }));

const at = (uuid: string) => ({ params: { path: { uuid } } });

export const answerPair = (uuid: string, agrees: boolean, reason: string): Promise<MentorPair> =>
  answer(api.PUT("/api/v1/mentoring/pairs/{uuid}/answer/", { ...at(uuid), body: { agrees, reason } }));

export const endPair = (uuid: string, reason: string): Promise<MentorPair> =>
  answer(api.POST("/api/v1/mentoring/pairs/{uuid}/end/", { ...at(uuid), body: { reason } }));

export type SessionSaid = {
  competency: string;
  held_on: string;
  minutes: number;
  text: string;
  level: number;
};

export const logSession = (uuid: string, body: SessionSaid): Promise<MentorPair> =>
  answer(api.POST("/api/v1/mentoring/pairs/{uuid}/sessions/", { ...at(uuid), body }));

export const confirmSession = (uuid: string): Promise<MentorPair> =>
  answer(api.PUT("/api/v1/mentoring/sessions/{uuid}/confirmation/", at(uuid)));

export const withdrawSession = (uuid: string): Promise<null> =>
  answer(
    api
      .DELETE("/api/v1/mentoring/sessions/{uuid}/", at(uuid))
      .then((outcome) => ({ ...outcome, data: null })),
  );
