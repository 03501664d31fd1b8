import { describe, expect, it } from "vitest";

import type { ReviewComment } from "../../api/contract";
import { commentsOn, openCount, withComment } from "./commentPlaces";

function comment(id: number, lesson: string, block = "", resolved = false): ReviewComment {
  return {
    id,
    lesson_key: lesson,
    block_id: block,
    resolved,
    author: "専門家",
    created_at: "2026-01-01T00:00:00Z",
    text: String(id),
    replies: [],
  };
}

const COMMENTS = [
  comment(1, "L1", "a", true),
  comment(2, "L1", "a"),
  comment(3, "L1", "b"),
  comment(4, "L1"),
  comment(5, "L2", "a"),
  comment(6, ""),
];

describe("comments of a review", () => {
  it.each([
    ["a block, open ones first", "L1", "a", [2, 1]],
    ["a lesson as a whole", "L1", "", [4]],
    ["the course", "", "", [6]],
    ["a place without comments", "L2", "", []],
  ])("are found on %s", (_name, lesson_key, block_id, ids) => {
    expect(commentsOn(COMMENTS, { lesson_key, block_id }).map(({ id }) => id)).toEqual(ids);
  });

  it("are counted by lesson while they are open", () => {
    expect(["L1", "L2", "L3", ""].map((lesson) => openCount(COMMENTS, lesson))).toEqual([3, 1, 0, 1]);
  });

  it("keep their place when they change, and new ones come last", () => {
    const changed = withComment(COMMENTS, comment(2, "L1", "a", true));
    expect(changed.map(({ id, resolved }) => `${id}${resolved}`).slice(0, 2)).toEqual(["1true", "2true"]);
    expect(withComment(COMMENTS, comment(7, "L1")).at(-1)?.id).toBe(7);
  });
});
