/** What a learner did, in the form in which the server takes it. */

import type { Launch, Statement } from "../../api/contract";
import { request } from "../../api/http";

export const COMPLETED = "http://adlnet.gov/expapi/verbs/completed";
const PROGRESSED = "http://adlnet.gov/expapi/verbs/progressed";

const ENDPOINT = "/api/v1/xapi/statements";
/** Browsers refuse a request that must outlive its page above 64 KB. */
const KEEPALIVE_LIMIT = 60_000;
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

/** "I have had this lesson in view for so many seconds since I last said so." */
export function lessonInView(iri: string, seconds: number, now: Date): Statement {
  return {
    id: newUuid(),
    verb: { id: PROGRESSED, display: { en: "progressed", ja: "閲覧した" } },
    object: { id: iri, objectType: "Activity" },
    result: { duration: `PT${seconds}S` },
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
