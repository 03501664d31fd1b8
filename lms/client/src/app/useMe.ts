import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Me } from "../api/contract";
import { meQuery } from "../api/queries";

/**
 * Who is signed in; only below RequireSession, which has made sure of it. When the session ends, what
 * is still on the screen keeps the last person known for the moment until the sign-in page is there.
 */
export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery);
  const [known, setKnown] = useState(data);
  if (data !== null && data !== known) setKnown(data);
  const me = data ?? known;
  if (me === null) throw new Error("useMe was called where nobody is signed in.");
  return me;
}
