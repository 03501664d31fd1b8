import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import type { AssessmentForm } from "../../api/contract";
import { createLevelQueue, type Levels, type SaveState } from "./levelQueue";
import { type FormPlace, putLevels } from "./queries";
import { levelsOf } from "./standing";

/** What is filled in on a form, kept on the server choice by choice. */
export function useLevels(form: AssessmentForm, { campaign, staffNumber }: FormPlace) {
  const queries = useQueryClient();
  const [levels, setLevels] = useState<Levels>(() => levelsOf(form.questions));
  const [state, setState] = useState<SaveState>("saved");
  const [queue] = useState(() =>
    createLevelQueue((chosen) => putLevels({ campaign, staffNumber }, chosen, false), setState),
  );

  // What was kept counts on the other pages too; what could not be is tried once more.
  useEffect(
    () => () => {
      queue.retry();
      void queries.invalidateQueries({ queryKey: ["assessments", "campaigns"] });
      void queries.invalidateQueries({ queryKey: ["assessments", "team"] });
    },
    [queue, queries],
  );

  useEffect(() => {
    if (state === "saved") return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, [state]);

  const choose = (key: string, level: number) => {
    setLevels((held) => ({ ...held, [key]: level }));
    queue.add(key, level);
  };
  return { levels, state, choose, retry: queue.retry, clear: queue.clear };
}
