import { describe, expect, it } from "vitest";

import type { Course, Lesson } from "../../api/contract";
import { learnedLessons, lessonAfter, lessonGroups, nextLesson } from "./lessons";

function lesson(key: string, module = "", rest: Partial<Lesson> = {}): Lesson {
  return {
    key,
    module,
    title: key,
    iri: key,
    completion: "viewed",
    minutes: null,
    seconds_left: null,
    done: false,
    granted: false,
    blocks: [],
    activities: [],
    ...rest,
  };
}

describe("a course with a test-out", () => {
  const granted = { done: true, granted: true };
  const course = {
    lessons: [
      lesson("test", "", { completion: "test_out" }),
      lesson("1", "", granted),
      lesson("2", "", { done: true }),
      lesson("3", "", granted),
      lesson("4"),
    ],
  } as Course;

  it("numbers only what one learns from", () => {
    expect(learnedLessons(course).map(({ key }) => key)).toEqual(["1", "2", "3", "4"]);
  });

  it("goes on at the first lesson that is neither done nor granted", () => {
    expect(nextLesson(course)?.key).toBe("4");
    expect(nextLesson({ ...course, lessons: course.lessons.slice(0, 2) })?.key).toBe("1");
  });

  it("passes over what was granted, and the test", () => {
    expect(lessonAfter(course, "2")?.key).toBe("4");
    expect(lessonAfter(course, "test")?.key).toBe("2");
    expect(lessonAfter(course, "4")).toBeUndefined();
  });
});

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
