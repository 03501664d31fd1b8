import { useSuspenseQuery } from "@tanstack/react-query";

import type { Me } from "../api/contract";
import { meQuery } from "../api/queries";

/** Who is signed in; only below RequireSession, which has made sure of it. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery);
  if (data === null) throw new Error("useMe was called where nobody is signed in.");
  return data;
}
