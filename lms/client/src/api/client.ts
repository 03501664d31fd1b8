import createClient, { type Middleware } from "openapi-fetch";

import { ApiError, isProblem } from "./errors";
import { announceSignedOut, headersFor } from "./http";
import type { paths } from "./schema";

const ourHeaders: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(headersFor(request.method))) {
      request.headers.set(name, value);
    }
  },
  onResponse({ response }) {
    if (response.status === 401) announceSignedOut();
  },
};

export const api = createClient<paths, "application/json">({ baseUrl: "/", credentials: "same-origin" });
api.use(ourHeaders);

type Outcome<Body> = { data?: Body; error?: unknown; response: Response };

/** The body of a good answer; anything else is raised as ApiError. */
export async function answer<Body>(outcome: Promise<Outcome<Body>>): Promise<Body> {
  const { data, error, response } = await outcome;
  if (!response.ok || data === undefined) {
    throw new ApiError(response.status, isProblem(error) ? error : null);
  }
  return data;
}
