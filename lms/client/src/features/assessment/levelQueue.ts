/** Levels chosen by key of competency. */
export type Levels = Record<string, number>;
export type SaveState = "saved" | "saving" | "failed";

export type LevelQueue = {
  add: (key: string, level: number) => void;
  /** Once more, what could not be sent. */
  retry: () => void;
  /** Done with what was chosen before this: it is handed in. */
  clear: () => void;
};

/**
 * Sends each choice as it is made, one request after the other; what is chosen meanwhile goes with
 * the next. What fails is kept and goes with whatever is chosen next, or on `retry`.
 */
export function createLevelQueue(
  send: (levels: Levels) => Promise<unknown>,
  onState: (state: SaveState) => void,
): LevelQueue {
  let waiting: Levels = {};
  let isSending = false;

  async function run(): Promise<void> {
    if (isSending) return;
    isSending = true;
    while (Object.keys(waiting).length > 0) {
      const sent = waiting;
      waiting = {};
      onState("saving");
      try {
        await send(sent);
      } catch {
        // What was chosen meanwhile is newer.
        waiting = { ...sent, ...waiting };
        isSending = false;
        onState("failed");
        return;
      }
    }
    isSending = false;
    onState("saved");
  }

  return {
    add: (key, level) => {
      waiting = { ...waiting, [key]: level };
      void run();
    },
    retry: () => void run(),
    clear: () => {
      waiting = {};
    },
  };
}
