/** The words the frame and this page exchange (courses/h5p/frame/README.md). */

import type { EmittedStatement } from "./statements";

const SOURCE = "lms-h5p";

export type FromFrame =
  | { type: "ready" }
  | { type: "rendered" }
  | { type: "resize"; height: number }
  | { type: "statement"; statement: EmittedStatement }
  | { type: "state"; data: string | null }
  | { type: "error"; message: string };

export type Start = { state: string | null; language: string; title: string; iri: string };

/** A message of the player, checked in form; null for anything else. */
export function readMessage(data: unknown): FromFrame | null {
  if (typeof data !== "object" || data === null) return null;
  const message = data as Record<string, unknown>;
  if (message.source !== SOURCE) return null;
  switch (message.type) {
    case "ready":
    case "rendered":
      return { type: message.type };
    case "resize": {
      const height = message.height;
      return typeof height === "number" && Number.isFinite(height)
        ? { type: "resize", height }
        : null;
    }
    case "statement":
      return isStatement(message.statement)
        ? { type: "statement", statement: message.statement }
        : null;
    case "state": {
      const saved = message.data;
      return saved === null || typeof saved === "string" ? { type: "state", data: saved } : null;
    }
    case "error":
      return { type: "error", message: typeof message.message === "string" ? message.message : "" };
    default:
      return null;
  }
}

function isStatement(value: unknown): value is EmittedStatement {
  if (typeof value !== "object" || value === null) return false;
  const { verb, object } = value as { verb?: { id?: unknown }; object?: unknown };
  return typeof verb?.id === "string" && typeof object === "object" && object !== null;
}

export function startMessage(start: Start): Start & { source: string; type: "start" } {
  return { source: SOURCE, type: "start", ...start };
}
