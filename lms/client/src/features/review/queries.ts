/** What the review screen asks and tells the server; the token in the address is all it needs. */

import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { Grade } from "../../api/contract";
import { type Launched, ONE_SHOWING, sendFile } from "../../api/queries";

export const reviewQuery = (token: string) =>
  queryOptions({
    queryKey: ["review", token],
    queryFn: () => answer(api.GET("/api/v1/reviews/{token}/", { params: { path: { token } } })),
  });

export const commentsQuery = (token: string) =>
  queryOptions({
    queryKey: ["review", token, "comments"],
    queryFn: () =>
      answer(api.GET("/api/v1/reviews/{token}/comments/", { params: { path: { token } } })),
  });

/** The draft of an activity; nothing of what is done in it is kept. */
export const draftLaunchQuery = (token: string, activity: string) =>
  queryOptions({
    queryKey: ["launch", "review", token, activity],
    queryFn: async (): Promise<Launched> => {
      const launch = await answer(
        api.GET("/api/v1/reviews/{token}/activities/{activity_key}/launch/", {
          params: { path: { token, activity_key: activity } },
        }),
      );
      return { launch, stateUrl: null, state: null };
    },
    ...ONE_SHOWING,
  });

export const draftExerciseQuery = (token: string, activity: string) =>
  queryOptions({
    queryKey: ["review", token, "exercise", activity],
    queryFn: () =>
      answer(
        api.GET("/api/v1/reviews/{token}/exercises/{activity_key}/", {
          params: { path: { token, activity_key: activity } },
        }),
      ),
  });

/** What a learner would be told about the file; nobody keeps it. */
export const gradeByDraft = (token: string, activity: string, file: File): Promise<Grade> =>
  sendFile(`/api/v1/reviews/${encodeURIComponent(token)}/exercises/${activity}/grade/`, file);

export type Place = { lesson_key: string; block_id: string };

export const addComment = (token: string, place: Place, text: string) =>
  answer(
    api.POST("/api/v1/reviews/{token}/comments/", {
      params: { path: { token } },
      body: { ...place, text },
    }),
  );

export const addReply = (token: string, comment: number, text: string) =>
  answer(
    api.POST("/api/v1/reviews/{token}/comments/{comment_id}/replies/", {
      params: { path: { token, comment_id: comment } },
      body: { text },
    }),
  );

export const settleComment = (token: string, comment: number, isSettled: boolean) => {
  const init = { params: { path: { token, comment_id: comment } } };
  const address = "/api/v1/reviews/{token}/comments/{comment_id}/resolution/";
  return answer(isSettled ? api.PUT(address, init) : api.DELETE(address, init));
};

export type Decision = "approve" | "request_changes";

export const decide = (token: string, decision: Decision, comment: string) =>
  answer(
    api.POST("/api/v1/reviews/{token}/decision/", {
      params: { path: { token } },
      body: { decision, comment },
    }),
  );
