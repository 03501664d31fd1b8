import { useSuspenseQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";

import type { Review } from "../../api/contract";
import { reviewQuery } from "./queries";

export const TokenContext = createContext("");

/** The secret of the link the screen was opened with. */
export function useToken(): string {
  return useContext(TokenContext);
}

/** The course and its review; only below ReviewLayout, which has loaded it. */
export function useReview(): Review {
  return useSuspenseQuery(reviewQuery(useToken())).data;
}
