/** The one way anything the learner did leaves this program: shaped, queued, sent, sent again. */

import type { Launch, Statement } from "../../api/contract";
import { ApiError } from "../../api/errors";
import { request } from "../../api/http";

export const COMPLETED = "http://adlnet.gov/expapi/verbs/completed";

const ENDPOINT = "/api/v1/xapi/statements";
const BATCH = 100;
/** Browsers refuse a request that must outlive its page above 64 KB. */
const KEEPALIVE_LIMIT = 60_000;
const RETRY_SECONDS = [2, 4, 8, 16, 30];
/** Sending the same again cannot help: the statement itself is at fault. */
const HOPELESS = new Set([400, 409, 413]);
/** Context extension: which version of the activity was played, as the launch said. */
const CONTENT = "urn:x-lms:content";
const SUB_CONTENT = "http://h5p.org/x-api/h5p-subContentId";

/** What the player inside the frame says happened. Nothing in it is to be trusted. */
export type EmittedStatement = {
  verb: Statement["verb"];
  object: { id?: string; definition?: Record<string, unknown> };
  result?: Record<string, unknown>;
  context?: { contextActivities?: { parent?: { id?: string }[] | { id?: string } } };
  timestamp?: string;
};

/** A random UUID also where the page is served without TLS (crypto.randomUUID is absent there). */
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function subContentOf(object: EmittedStatement["object"]): string | null {
  const extensions = object.definition?.extensions as Record<string, unknown> | undefined;
  const named = extensions?.[SUB_CONTENT];
  if (typeof named === "string" && named !== "") return named;
  return /[?&]subContentId=([^&#]+)/.exec(object.id ?? "")?.[1] ?? null;
}

function addressOf(iri: string, object: EmittedStatement["object"]): string {
  const sub = subContentOf(object);
  return sub === null ? iri : `${iri}#${sub}`;
}

/** The statement to send for what a frame reported about what was launched. */
export function shapeStatement(
  emitted: EmittedStatement,
  { iri, content }: Pick<Launch, "iri" | "content">,
  now: Date,
): Statement {
  const parents = [emitted.context?.contextActivities?.parent ?? []].flat();
  return {
    id: newUuid(),
    verb: { id: emitted.verb.id, ...(emitted.verb.display && { display: emitted.verb.display }) },
    object: {
      id: addressOf(iri, emitted.object),
      objectType: "Activity",
      ...(emitted.object.definition && { definition: emitted.object.definition }),
    },
    ...(emitted.result && { result: emitted.result }),
    context: {
      ...(parents.length > 0 && {
        contextActivities: { parent: parents.map((parent) => ({ id: addressOf(iri, parent) })) },
      }),
      extensions: { [CONTENT]: content },
    },
    timestamp: emitted.timestamp ?? now.toISOString(),
  };
}

/** "I have read this lesson." */
export function lessonCompleted(iri: string, now: Date): Statement {
  return {
    id: newUuid(),
    verb: { id: COMPLETED, display: { en: "completed", ja: "完了" } },
    object: { id: iri, objectType: "Activity" },
    timestamp: now.toISOString(),
  };
}

export async function postStatements(statements: Statement[]): Promise<void> {
  const body = JSON.stringify(statements);
  await request(ENDPOINT, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Experience-API-Version": "1.0.3" },
    body,
    keepalive: body.length < KEEPALIVE_LIMIT,
  });
}

export type QueueStatus = {
  waiting: number;
  /** The last attempt failed; another is planned. */
  isFailing: boolean;
  /** Why the server will never take something that was tried; null when it took everything. */
  refusal: string | null;
};

type Timer = ReturnType<typeof setTimeout>;

/**
 * Statements in the order they happened, kept until the server has each of them.
 * A retry carries the same ids, so the server stores nothing twice.
 */
export class StatementQueue {
  #waiting: Statement[] = [];
  #owner: string | null = null;
  #failures = 0;
  #isSending = false;
  #isPaused = false;
  #timer: Timer | undefined;
  #status: QueueStatus = { waiting: 0, isFailing: false, refusal: null };
  readonly #listeners = new Set<() => void>();
  readonly #acceptance = new Set<(statements: Statement[]) => void>();
  readonly #post: typeof postStatements;

  constructor(post: typeof postStatements) {
    this.#post = post;
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

  /** What one person did is never sent in the session of another. */
  setOwner(username: string): void {
    if (this.#owner !== null && this.#owner !== username) this.#waiting = [];
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
    this.#waiting.push(statement);
    this.#publish({ refusal: null });
    return this.send();
  }

  /** Try now, whatever the plan was. */
  async send(): Promise<void> {
    if (this.#isSending || this.#isPaused) return;
    this.#isSending = true;
    clearTimeout(this.#timer);
    let succeeded = true;
    while (succeeded && this.#waiting.length > 0) {
      succeeded = await this.#sendBatch(this.#waiting.slice(0, BATCH));
    }
    this.#isSending = false;
    this.#failures = succeeded ? 0 : this.#failures + 1;
    this.#publish({ isFailing: !succeeded });
    if (!succeeded) this.#planRetry();
  }

  /** false: something of the batch is still waiting. */
  async #sendBatch(batch: Statement[]): Promise<boolean> {
    try {
      await this.#post(batch);
    } catch (error) {
      const isRefused = error instanceof ApiError && error.status < 500 && error.status !== 401;
      if (isRefused && batch.length > 1) return this.#sendOneByOne(batch);
      if (!(error instanceof ApiError) || !HOPELESS.has(error.status)) return false;
      this.#remove(batch);
      this.#publish({ refusal: error.problem?.errors?.[0]?.detail ?? error.message });
      return true;
    }
    this.#remove(batch);
    this.#publish({});
    for (const listener of this.#acceptance) listener(batch);
    return true;
  }

  /** One bad statement must not hold back its neighbours. */
  async #sendOneByOne(batch: Statement[]): Promise<boolean> {
    let succeeded = true;
    for (const statement of batch) succeeded = (await this.#sendBatch([statement])) && succeeded;
    return succeeded;
  }

  #remove(batch: Statement[]): void {
    const done = new Set(batch.map((statement) => statement.id));
    this.#waiting = this.#waiting.filter((statement) => !done.has(statement.id));
  }

  #planRetry(): void {
    if (this.#isPaused) return;
    const seconds = RETRY_SECONDS[Math.min(this.#failures, RETRY_SECONDS.length) - 1] ?? 2;
    this.#timer = setTimeout(() => void this.send(), seconds * 1000);
  }

  #publish(change: Partial<QueueStatus>): void {
    this.#status = { ...this.#status, ...change, waiting: this.#waiting.length };
    for (const listener of this.#listeners) listener();
  }
}

export const statementQueue = new StatementQueue(postStatements);
