import type { Problem } from "./contract";

/** The server answered, and said no. `problem` is null when the answer was not problem+json. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem | null;

  constructor(status: number, problem: Problem | null) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`);
    this.name = "ApiError";
    this.status = status;
    this.problem = problem;
  }
}

export function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "status" in body;
}

export function statusOf(error: unknown): number | null {
  return error instanceof ApiError ? error.status : null;
}
