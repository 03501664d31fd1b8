/** The one way anything the learner did leaves this program: queued, kept, sent, sent again. */

import type { Statement } from "../../api/contract";
import { ApiError } from "../../api/errors";
import { browserStore, KeptQueue } from "./kept";
import { postStatements } from "./statements";

const BATCH = 100;
const RETRY_SECONDS = [2, 4, 8, 16, 30];
/** Sending the same again cannot help: the statement itself is at fault. */
const HOPELESS = new Set([400, 409, 413]);

export type QueueStatus = {
  waiting: number;
  /** All of it is kept in this browser, too: closing the page loses nothing. */
  isKept: boolean;
  /** The last attempt failed; another is planned. */
  isFailing: boolean;
  /** Why the server will never take something that was tried; null when it took everything. */
  refusal: string | null;
};

/** A statement on its way; no key = it is kept in this page only. */
type Waiting = { key: string | null; value: Statement };
/** How sending went: taken (or refused for good), still waiting, or nobody answered. */
type Outcome = "gone" | "waiting" | "unanswered";
type Timer = ReturnType<typeof setTimeout>;

/**
 * Statements in the order they happened, kept until the server has each of them: through a closed
 * tab, a dropped network and an expired session. A retry carries the same ids, so the server stores
 * nothing twice, whichever tab it comes from.
 */
export class StatementQueue {
  #waiting: Waiting[] = [];
  #owner: string | null = null;
  #failures = 0;
  #isSending = false;
  #isPaused = false;
  #timer: Timer | undefined;
  #status: QueueStatus = { waiting: 0, isKept: true, isFailing: false, refusal: null };
  readonly #listeners = new Set<() => void>();
  readonly #acceptance = new Set<(statements: Statement[]) => void>();
  readonly #post: typeof postStatements;
  readonly #kept: KeptQueue<Statement>;

  constructor(post: typeof postStatements, kept: KeptQueue<Statement>) {
    this.#post = post;
    this.#kept = kept;
  }

  /** Whose statements these are; null before anybody has signed in. */
  get owner(): string | null {
    return this.#owner;
  }

  readonly status = (): QueueStatus => this.#status;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly onAccepted = (listener: (statements: Statement[]) => void): (() => void) => {
    this.#acceptance.add(listener);
    return () => this.#acceptance.delete(listener);
  };

  /**
   * Who is signed in. What one person did is never sent in the session of another: it stays in the
   * browser until its owner is back.
   */
  setOwner(username: string): void {
    if (this.#owner !== username) {
      this.#waiting = this.#kept.of(username);
    }
    this.#owner = username;
    this.#isPaused = false;
    this.#publish({});
    if (this.#waiting.length > 0) void this.send();
  }

  /** Nobody is signed in: keep what is waiting until its owner is back. */
  pause(): void {
    this.#isPaused = true;
    clearTimeout(this.#timer);
  }

  add(statement: Statement): Promise<void> {
    const key = this.#owner === null ? null : this.#kept.add(this.#owner, statement, new Date());
    this.#waiting.push({ key, value: statement });
    this.#publish({ refusal: null });
    return this.send();
  }

  /** Try now, whatever the plan was. */
  async send(): Promise<void> {
    if (this.#isSending || this.#isPaused) return;
    this.#isSending = true;
    clearTimeout(this.#timer);
    let outcome: Outcome = "gone";
    while (outcome === "gone" && this.#waiting.length > 0) {
      outcome = await this.#sendBatch(this.#waiting.slice(0, BATCH));
    }
    this.#isSending = false;
    this.#failures = outcome === "gone" ? 0 : this.#failures + 1;
    this.#publish({ isFailing: outcome !== "gone" });
    if (outcome !== "gone") this.#planRetry();
  }

  async #sendBatch(batch: Waiting[]): Promise<Outcome> {
    const statements = batch.map(({ value }) => value);
    const owner = this.#owner;
    try {
      await this.#post(statements);
    } catch (error) {
      const isAnswered = error instanceof ApiError && error.status < 500 && error.status !== 401;
      if (isAnswered && batch.length > 1) return this.#sendOneByOne(batch);
      if (!(error instanceof ApiError) || !HOPELESS.has(error.status)) {
        return isAnswered ? "waiting" : "unanswered";
      }
      this.#remove(batch);
      this.#publish({ refusal: error.problem?.errors?.[0]?.detail ?? error.message });
      return "gone";
    }
    this.#remove(batch);
    this.#publish({});
    // Somebody else may have signed in meanwhile: it is no news to them.
    if (owner === this.#owner) for (const listener of this.#acceptance) listener(statements);
    return "gone";
  }

  /** One bad statement must not hold back its neighbours; a silent server holds back the rest. */
  async #sendOneByOne(batch: Waiting[]): Promise<Outcome> {
    let worst: Outcome = "gone";
    for (const item of batch) {
      const outcome = await this.#sendBatch([item]);
      if (outcome === "unanswered") return outcome;
      if (outcome === "waiting") worst = outcome;
    }
    return worst;
  }

  #remove(batch: Waiting[]): void {
    const done = new Set(batch.map(({ value }) => value.id));
    for (const { key } of batch) this.#kept.drop(key);
    this.#waiting = this.#waiting.filter(({ value }) => !done.has(value.id));
  }

  #planRetry(): void {
    if (this.#isPaused) return;
    const seconds = RETRY_SECONDS[Math.min(this.#failures, RETRY_SECONDS.length) - 1] ?? 2;
    this.#timer = setTimeout(() => void this.send(), seconds * 1000);
  }

  #publish(change: Partial<QueueStatus>): void {
    this.#status = {
      ...this.#status,
      ...change,
      waiting: this.#waiting.length,
      isKept: this.#waiting.every(({ key }) => key !== null),
    };
    for (const listener of this.#listeners) listener();
  }
}

export const statementQueue = new StatementQueue(
  postStatements,
  new KeptQueue<Statement>("statement", browserStore()),
);
