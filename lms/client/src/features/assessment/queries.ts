import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { AssessedPerson, AssessmentForm, DifferenceQuery } from "../../api/contract";
import type { Levels } from "./levelQueue";

const LARGEST_PAGE = 200;

/** Whose form: one's own (no staff number), or a member's of the section, by the head. */
export type FormPlace = { campaign: string; staffNumber: string | null };

// Each look at somebody else is logged: coming back to the tab is none.
const ONCE = { refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

export const campaignsQuery = queryOptions({
  queryKey: ["assessments", "campaigns"],
  queryFn: async () => (await answer(api.GET("/api/v1/skills/campaigns/"))).campaigns,
  staleTime: 60_000,
});

export const formQuery = ({ campaign, staffNumber }: FormPlace) =>
  queryOptions({
    queryKey: ["assessments", "form", campaign, staffNumber],
    queryFn: () =>
      staffNumber === null
        ? answer(
            api.GET("/api/v1/skills/campaigns/{campaign_key}/self/", {
              params: { path: { campaign_key: campaign } },
            }),
          )
        : answer(
            api.GET("/api/v1/skills/campaigns/{campaign_key}/team/{staff_number}/", {
              params: { path: { campaign_key: campaign, staff_number: staffNumber } },
            }),
          ),
    ...ONCE,
    gcTime: 0,
  });

/** Keep some levels, or hand in all of them. */
export function putLevels(
  { campaign, staffNumber }: FormPlace,
  levels: Levels,
  isFinal: boolean,
): Promise<AssessmentForm> {
  const body = { levels, is_final: isFinal };
  return staffNumber === null
    ? answer(
        api.PUT("/api/v1/skills/campaigns/{campaign_key}/self/", {
          params: { path: { campaign_key: campaign } },
          body,
        }),
      )
    : answer(
        api.PUT("/api/v1/skills/campaigns/{campaign_key}/team/{staff_number}/", {
          params: { path: { campaign_key: campaign, staff_number: staffNumber } },
          body,
        }),
      );
}

/** Everybody in the section who is asked, by kana. */
export const teamQuery = (campaign: string) =>
  queryOptions({
    queryKey: ["assessments", "team", campaign],
    queryFn: async (): Promise<AssessedPerson[]> => {
      const rows: AssessedPerson[] = [];
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const found = await answer(
          api.GET("/api/v1/skills/campaigns/{campaign_key}/team/", {
            params: { path: { campaign_key: campaign }, query: { page, page_size: LARGEST_PAGE } },
          }),
        );
        rows.push(...found.results);
        pages = found.pages;
      }
      return rows;
    },
  });

export const differencesQuery = (campaign: string, query: DifferenceQuery) =>
  queryOptions({
    queryKey: ["assessments", "differences", campaign, query],
    queryFn: () =>
      answer(
        api.GET("/api/v1/skills/campaigns/{campaign_key}/differences/", {
          params: { path: { campaign_key: campaign }, query },
        }),
      ),
    placeholderData: keepPreviousData,
    ...ONCE,
  });

export type Settling = { staff_number: string; competency: string; level: number; reason: string };

export const settle = (campaign: string, body: Settling) =>
  answer(
    api.POST("/api/v1/skills/campaigns/{campaign_key}/settlements/", {
      params: { path: { campaign_key: campaign } },
      body,
    }),
  );

export const correctionsQuery = queryOptions({
  queryKey: ["corrections"],
  queryFn: async () => (await answer(api.GET("/api/v1/skills/corrections/"))).corrections,
});

export const askCorrection = (body: { competency: string; text: string; level: number | null }) =>
  answer(api.POST("/api/v1/skills/corrections/", { body }));
