/** Where the learner was inside an activity, saved a moment after each change. */

import { request } from "../../api/http";

const DELAY = 1000;

/** null forgets what was saved. */
export async function putActivityState(url: string, data: string | null): Promise<void> {
  await request(
    url,
    data === null
      ? { method: "DELETE", keepalive: true }
      : {
          method: "PUT",
          body: data,
          headers: { "Content-Type": "application/json" },
          keepalive: data.length < 60_000,
        },
  );
}

export class StateSaver {
  #pending: { data: string | null } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #put: (data: string | null) => Promise<void>;
  readonly #onOutcome: (isSaved: boolean) => void;

  constructor(
    put: (data: string | null) => Promise<void>,
    onOutcome: (isSaved: boolean) => void,
  ) {
    this.#put = put;
    this.#onOutcome = onOutcome;
  }

  /** Keep the newest only; it is written when nothing newer came for a second. */
  save(data: string | null): void {
    this.#pending = { data };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), DELAY);
  }

  /** Write now, as on leaving the page. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const pending = this.#pending;
    if (pending === null) return;
    this.#pending = null;
    try {
      await this.#put(pending.data);
      this.#onOutcome(true);
    } catch {
      // The next change, or leaving, tries again; a newer state must not be overwritten by this one.
      this.#pending ??= pending;
      this.#onOutcome(false);
    }
  }
}
