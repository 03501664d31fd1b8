import { useMutation, useQueryClient } from "@tanstack/react-query";

import { announce } from "../../components/announcements";
import { refreshProject } from "./queries";

type Change<Said> = {
  project: string;
  change: (said: Said) => Promise<unknown>;
  /** Told when it is done. */
  done: string;
  onDone?: () => void;
};

/** A change of one project: written, read again, and said. */
export function useChange<Said = void>({ project, change, done, onDone }: Change<Said>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await refreshProject(queries, project);
      announce(done);
      onDone?.();
    },
  });
}
