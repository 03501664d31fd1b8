import { QueryClient } from "@tanstack/react-query";

import { statusOf } from "../api/errors";
import { listenForSignedOut } from "../api/http";
import { meQuery } from "../api/queries";
import { statementQueue } from "../features/player/statementQueue";

const MOST_RETRIES = 2;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // A refusal stays a refusal; only silence and server faults are worth another try.
      retry: (failures, error) => failures < MOST_RETRIES && (statusOf(error) ?? 500) >= 500,
    },
  },
});

// The session ended: every guarded page turns to the sign-in page, and what waits is kept.
listenForSignedOut(() => {
  statementQueue.pause();
  queries.setQueryData(meQuery.queryKey, null);
});

// What was learned changes what every other screen says.
statementQueue.onAccepted(() => {
  for (const queryKey of [["course"], ["learning"], ["record"], ["skills"], ["suggestions"], ["notices"]]) {
    void queries.invalidateQueries({ queryKey });
  }
});
