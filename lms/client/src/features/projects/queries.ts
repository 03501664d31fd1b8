import { keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type {
  BoardQuery,
  NewFigure,
  NewMember,
  Project,
  ProjectChange,
  ProjectMember,
  ProjectStatus,
} from "../../api/contract";

const at = (key: string) => ({ params: { path: { key } } });

export const boardQuery = (query: BoardQuery) =>
  queryOptions({
    queryKey: ["project-board", query],
    queryFn: () => answer(api.GET("/api/v1/project-board/", { params: { query } })),
    placeholderData: keepPreviousData,
  });

export const templatesQuery = queryOptions({
  queryKey: ["project-templates"],
  queryFn: () => answer(api.GET("/api/v1/project-templates/")),
});

export const projectChoicesQuery = queryOptions({
  queryKey: ["project-choices"],
  queryFn: () => answer(api.GET("/api/v1/project-choices/")),
  staleTime: 5 * 60_000,
});

export const ledgerQuery = (key: string) =>
  queryOptions({
    queryKey: ["project", key, "ledger"],
    queryFn: () => answer(api.GET("/api/v1/projects/{key}/figures/", at(key))),
  });

/** For whoever may name somebody in it: as a member, or as who measured. */
export const peopleOfProjectQuery = (key: string) => (search: string) =>
  queryOptions({
    queryKey: ["project", key, "people", search],
    queryFn: () =>
      answer(
        api.GET("/api/v1/projects/{key}/people/", { params: { path: { key }, query: { search } } }),
      ),
    enabled: search !== "",
  });

export const beginFrom = (template: string): Promise<Project> =>
  answer(api.POST("/api/v1/projects/{key}/copies/", { ...at(template), body: {} }));

export const moveProject = (key: string, to: ProjectStatus, reason: string) =>
  answer(api.POST("/api/v1/projects/{key}/moves/", { ...at(key), body: { to, reason } }));

export const undoMove = (key: string) =>
  answer(api.POST("/api/v1/projects/{key}/moves/undo/", at(key)));

export const changeProject = (key: string, body: ProjectChange) =>
  answer(api.PATCH("/api/v1/projects/{key}/", { ...at(key), body }));

export const recordFigure = (key: string, body: NewFigure) =>
  answer(api.POST("/api/v1/projects/{key}/figures/", { ...at(key), body }));

export const addMember = (key: string, body: NewMember) =>
  answer(api.POST("/api/v1/projects/{key}/members/", { ...at(key), body }));

const ofMember = (key: string, staffNumber: string) => ({
  params: { path: { key, staff_number: staffNumber } },
});

export const endMembership = (key: string, staffNumber: string, leftOn: string) =>
  answer(
    api.PATCH("/api/v1/projects/{key}/members/{staff_number}/", {
      ...ofMember(key, staffNumber),
      body: { left_on: leftOn },
    }),
  );

export type Confirmed = { part: ProjectMember["part"]; levels: Record<string, number>; note: string };

export const confirmMember = (key: string, staffNumber: string, body: Confirmed) =>
  answer(
    api.PUT("/api/v1/projects/{key}/members/{staff_number}/confirmation/", {
      ...ofMember(key, staffNumber),
      body,
    }),
  );

export const withdrawConfirmation = (key: string, staffNumber: string, reason: string) =>
  answer(
    api.POST("/api/v1/projects/{key}/members/{staff_number}/confirmation/withdrawal/", {
      ...ofMember(key, staffNumber),
      body: { reason },
    }),
  );

/** After a change of one project: all that tells of it is asked for again. */
export async function refreshProject(queries: QueryClient, key: string): Promise<void> {
  for (const queryKey of [["project-board"], ["benefits"], ["skills"], ["matrix"], ["suggestions"]]) {
    void queries.invalidateQueries({ queryKey });
  }
  // Before a dialog goes, so that the page behind it says what holds now.
  await queries.invalidateQueries({ queryKey: ["project", key] });
}
