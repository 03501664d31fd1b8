import { useMutation, useQueryClient } from "@tanstack/react-query";

import { announce } from "../../components/announcements";

/** Something done to one of my pairs; afterwards pairs, levels and notices are asked for anew. */
export function usePairChange<Said>(
  change: (said: Said) => Promise<unknown>,
  text: string,
  onDone?: () => void,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      // Before the dialog goes, so that the button it came from says what it does now.
      await queries.invalidateQueries({ queryKey: ["mentoring"] });
      for (const queryKey of [["skills"], ["notices"]]) void queries.invalidateQueries({ queryKey });
      announce(text);
      onDone?.();
    },
  });
}
