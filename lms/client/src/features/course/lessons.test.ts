import { describe, expect, it } from "vitest";

import type { Lesson } from "../../api/contract";
import { lessonGroups } from "./lessons";

function lesson(key: string, module: string): Lesson {
  return { key, module, title: key, iri: key, done: false, blocks: [], activities: [] };
}

describe("lessonGroups", () => {
  it.each([
    ["no lesson", [], []],
    ["no module", ["", ""], [["", 1, ["0", "1"]]]],
    ["lessons before, in and after modules", ["", "A", "A", "B", ""], [
      ["", 1, ["0"]],
      ["A", 2, ["1", "2"]],
      ["B", 4, ["3"]],
      ["", 5, ["4"]],
    ]],
  ])("keeps the order: %s", (_name, modules, expected) => {
    const groups = lessonGroups(modules.map((module, index) => lesson(String(index), module)));
    expect(groups.map((group) => [group.module, group.first, group.lessons.map(({ key }) => key)]))
      .toEqual(expected);
  });
});
