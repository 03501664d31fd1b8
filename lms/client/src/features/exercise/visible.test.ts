import { expect, it } from "vitest";

import { visibleParts } from "./visible";

const shown = (value: string) => visibleParts(value).map(({ text, kind }) => [kind, text]);

it.each([
  ["総　数", [["text", "総"], ["wideSpace", "□"], ["text", "数"]]],
  ["a b", [["text", "a b"]]],
  ["a  b", [["text", "a"], ["space", "␣␣"], ["text", "b"]]],
  [" a ", [["space", "␣"], ["text", "a"], ["space", "␣"]]],
  ["a\r\nb\nc", [["text", "a"], ["lineBreak", "↵"], ["text", "b"], ["lineBreak", "↵"], ["text", "c"]]],
  ["a\t", [["text", "a"], ["tab", "⇥"]]],
  ["   ", [["space", "␣␣␣"]]],
  ["", []],
])("shows what cannot be seen in %j", (value, parts) => {
  expect(shown(value)).toEqual(parts);
});
