/** Where the learner was inside an activity, saved a moment after each change. */

import { statusOf } from "../../api/errors";
import { request } from "../../api/http";
import { browserStore, KeptValues } from "./kept";

const DELAY = 1000;

/** A state the server does not have yet. */
export type Unsaved = {
  data: string | null;
  /** What the server had when it was made: if it has something else now, another machine went on. */
  base: string | null;
};

const kept = new KeptValues<Unsaved>("state", browserStore());

/** null: nothing saved yet. */
async function savedState(url: string): Promise<string | null> {
  try {
    return await request(url);
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

/** The newer of two: what this browser could not save goes on from what the server has, or is old. */
export function newestState(saved: string | null, unsaved: Unsaved | null): string | null {
  return unsaved !== null && unsaved.base === saved ? unsaved.data : saved;
}

/** Where this person stopped, on whatever machine; what was left unsaved here is saved first. */
export async function resumedState(owner: string, url: string): Promise<string | null> {
  const saved = await savedState(url);
  const unsaved = kept.get(owner, url);
  const newest = newestState(saved, unsaved);
  if (newest !== saved) await putActivityState(url, newest);
  kept.forget(owner, url);
  return newest;
}

/** Keeps the newest state of one activity in the browser until the server has it. */
export class UnsavedState {
  #base: string | null;
  readonly #owner: string;
  readonly #url: string;

  constructor(owner: string, url: string, base: string | null) {
    this.#owner = owner;
    this.#url = url;
    this.#base = base;
  }

  readonly keep = (data: string | null): void => {
    kept.set(this.#owner, this.#url, { data, base: this.#base });
  };

  /** The server has `data`; `isNewest`: nothing newer is waiting. */
  readonly wasSaved = (data: string | null, isNewest: boolean): void => {
    this.#base = data;
    if (isNewest) kept.forget(this.#owner, this.#url);
  };
}

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
  readonly #unsaved: UnsavedState | null;

  constructor(
    put: (data: string | null) => Promise<void>,
    onOutcome: (isSaved: boolean) => void,
    unsaved: UnsavedState | null = null,
  ) {
    this.#put = put;
    this.#onOutcome = onOutcome;
    this.#unsaved = unsaved;
  }

  /** Keep the newest only; it is written when nothing newer came for a second. */
  save(data: string | null): void {
    this.#pending = { data };
    this.#unsaved?.keep(data);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), DELAY);
  }

  #isWaiting(): boolean {
    return this.#pending !== null;
  }

  /** Write now, as on leaving the page. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const pending = this.#pending;
    if (pending === null) return;
    this.#pending = null;
    try {
      await this.#put(pending.data);
      this.#unsaved?.wasSaved(pending.data, !this.#isWaiting());
      this.#onOutcome(true);
    } catch {
      // The next change, or leaving, tries again; a newer state must not be overwritten by this one.
      this.#pending ??= pending;
      this.#onOutcome(false);
    }
  }
}
