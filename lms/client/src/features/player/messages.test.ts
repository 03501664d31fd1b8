import { expect, it } from "vitest";

import { readMessage, startMessage } from "./messages";

const answered = { verb: { id: "http://adlnet.gov/expapi/verbs/answered" }, object: { id: "x" } };

it.each([
  [{ type: "ready" }],
  [{ type: "rendered" }],
  [{ type: "resize", height: 240 }],
  [{ type: "statement", statement: answered }],
  [{ type: "state", data: "{}" }],
  [{ type: "state", data: null }],
  [{ type: "error", message: "no library" }],
])("understands %j", (message) => {
  expect(readMessage({ source: "lms-h5p", ...message })).toEqual(message);
});

it.each([
  ["no object", "ready"],
  ["nothing", null],
  ["another program's message", { source: "devtools", type: "ready" }],
  ["an unknown type", { source: "lms-h5p", type: "eval" }],
  ["a height that is no number", { source: "lms-h5p", type: "resize", height: "100vh" }],
  ["an endless height", { source: "lms-h5p", type: "resize", height: Infinity }],
  ["a statement without a verb", { source: "lms-h5p", type: "statement", statement: { object: {} } }],
  ["a state that is no text", { source: "lms-h5p", type: "state", data: {} }],
])("ignores %s", (_, data) => {
  expect(readMessage(data)).toBeNull();
});

it("starts a frame with what it needs and nothing secret", () => {
  const start = { state: null, language: "ja", title: "正誤", iri: "https://lms.example/a" };
  expect(startMessage(start)).toEqual({ source: "lms-h5p", type: "start", ...start });
});
