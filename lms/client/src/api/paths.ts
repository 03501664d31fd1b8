/** The addresses of the API for openapi-fetch, until the OpenAPI snapshot replaces this file. */

import type {
  CellExplanation,
  Course,
  Enrolment,
  Launch,
  LearningRow,
  Matrix,
  Me,
  MySkills,
  Page,
  Problem,
  Project,
  Suggestion,
} from "./contract";

type Answer<Body> = {
  200: { headers: Record<string, unknown>; content: { "application/json": Body } };
  default: { headers: Record<string, unknown>; content: { "application/problem+json": Problem } };
};
type Get<Body, Path = never, Query = never> = {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
  get: {
    parameters: {
      query?: Query;
      header?: never;
      path: Path;
      cookie?: never;
    };
    requestBody?: never;
    responses: Answer<Body>;
  };
};
type GetAll<Body, Query = never> = {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
  get: {
    parameters: { query?: Query; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: Answer<Body>;
  };
};
type PageQuery = { page?: number; page_size?: number };

export type MatrixQuery = PageQuery & {
  department?: string;
  tier?: string;
  role?: string;
  framework?: string;
  group?: string;
  as_of?: string;
};

export interface paths {
  "/api/v1/me/": GetAll<Me>;
  "/api/v1/learning/": GetAll<Page<LearningRow>, PageQuery & { state?: "all" | "to_do" | "done" }>;
  "/api/v1/courses/{key}/": Get<Course, { key: string }>;
  "/api/v1/courses/{key}/enrolment/": Get<Enrolment, { key: string }> & {
    put: {
      parameters: { query?: never; header?: never; path: { key: string }; cookie?: never };
      requestBody?: never;
      responses: Answer<Enrolment>;
    };
  };
  "/api/v1/courses/{key}/activities/{activity_key}/launch/": Get<
    Launch,
    { key: string; activity_key: string }
  >;
  "/api/v1/skills/me/": GetAll<MySkills>;
  "/api/v1/skills/matrix/": GetAll<Matrix, MatrixQuery>;
  "/api/v1/skills/cells/{staff_number}/{competency_key}/": Get<
    CellExplanation,
    { staff_number: string; competency_key: string },
    { as_of?: string }
  >;
  "/api/v1/projects/{key}/": Get<Project, { key: string }>;
  "/api/v1/suggestions/me/": GetAll<Page<Suggestion>, PageQuery>;
}
