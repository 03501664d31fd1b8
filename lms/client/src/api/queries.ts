/** Every question the screens ask, with the key its answer is kept under. */

import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { Attempt, CellQuery, LearningRow, Me, PlayerPlace } from "./contract";
import { resumedState } from "../features/player/activityState";
import { statementQueue } from "../features/player/statementQueue";
import { statusOf } from "./errors";
import { request } from "./http";

const LARGEST_PAGE = 200;

/** null: nobody is signed in. */
async function me(): Promise<Me | null> {
  try {
    return await answer(api.GET("/api/v1/me/"));
  } catch (error) {
    if (statusOf(error) === 401) return null;
    throw error;
  }
}

async function allLearning(): Promise<LearningRow[]> {
  const rows: LearningRow[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const found = await answer(
      api.GET("/api/v1/learning/", { params: { query: { page, page_size: LARGEST_PAGE } } }),
    );
    rows.push(...found.results);
    pages = found.pages;
  }
  return rows;
}

export const meQuery = queryOptions({ queryKey: ["me"], queryFn: me, staleTime: 5 * 60_000 });

export const learningQuery = queryOptions({ queryKey: ["learning"], queryFn: allLearning });

export const courseQuery = (key: string) =>
  queryOptions({
    queryKey: ["course", key],
    queryFn: () => answer(api.GET("/api/v1/courses/{key}/", { params: { path: { key } } })),
  });

export type Launched = { launch: PlayerPlace; stateUrl: string | null; state: string | null };

export const ONE_SHOWING = {
  gcTime: 0,
  staleTime: Infinity,
  refetchOnReconnect: false,
  refetchOnWindowFocus: false,
} as const;

/** A launch address expires, so it is asked for anew each time a player is shown. */
export const launchQuery = (course: string, activity: string) =>
  queryOptions({
    queryKey: ["launch", course, activity],
    queryFn: async (): Promise<Launched> => {
      const launch = await answer(
        api.GET("/api/v1/courses/{key}/activities/{activity_key}/launch/", {
          params: { path: { key: course, activity_key: activity } },
        }),
      );
      const stateUrl: string | null = launch.state_url;
      return { launch, stateUrl, state: await resumedState(statementQueue.owner ?? "", launch.state_url) };
    },
    ...ONE_SHOWING,
  });

export const exerciseQuery = (course: string, exercise: string) =>
  queryOptions({
    queryKey: ["exercise", course, exercise],
    queryFn: () =>
      answer(
        api.GET("/api/v1/courses/{key}/exercises/{activity_key}/", {
          params: { path: { key: course, activity_key: exercise } },
        }),
      ),
  });

/** A report never changes once it is made. */
export const attemptQuery = (course: string, exercise: string, number: number) =>
  queryOptions({
    queryKey: ["attempt", course, exercise, number],
    queryFn: () =>
      answer(
        api.GET("/api/v1/courses/{key}/exercises/{activity_key}/attempts/{number}/", {
          params: { path: { key: course, activity_key: exercise, number } },
        }),
      ),
    staleTime: Infinity,
  });

/** Hand in a file; the answer is what was found in it. */
export const handIn = (course: string, exercise: string, file: File): Promise<Attempt> =>
  sendFile(`/api/v1/courses/${course}/exercises/${exercise}/attempts/`, file);

/** The answer to a file, as JSON. */
export async function sendFile<Body>(address: string, file: File): Promise<Body> {
  const body = new FormData();
  body.append("file", file);
  return JSON.parse(await request(address, { method: "POST", body })) as Body;
}

export const mySkillsQuery = queryOptions({
  queryKey: ["skills", "me"],
  queryFn: () => answer(api.GET("/api/v1/skills/me/")),
});

export const cellQuery = (
  staffNumber: string,
  competencyKey: string,
  asOf: string | null,
  assurance: CellQuery["assurance"],
) =>
  queryOptions({
    queryKey: ["skills", "cell", staffNumber, competencyKey, asOf, assurance],
    queryFn: () =>
      answer(
        api.GET("/api/v1/skills/cells/{staff_number}/{competency_key}/", {
          params: {
            path: { staff_number: staffNumber, competency_key: competencyKey },
            query: { ...(asOf !== null && { as_of: asOf }), ...(assurance !== undefined && { assurance }) },
          },
        }),
      ),
  });

export const projectQuery = (key: string) =>
  queryOptions({
    queryKey: ["project", key],
    queryFn: () => answer(api.GET("/api/v1/projects/{key}/", { params: { path: { key } } })),
  });

export const enrol = (key: string) =>
  answer(api.PUT("/api/v1/courses/{key}/enrolment/", { params: { path: { key } } }));
