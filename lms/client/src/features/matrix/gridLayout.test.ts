import { describe, expect, it } from "vitest";

import type { MatrixGroup } from "../../api/contract";
import { drawn, linesOf, pagesOf, spanOf } from "./gridLayout";

const group = (start: number, count: number): MatrixGroup => ({
  unit: { key: String(start), title: String(start) },
  start,
  count,
  sums: { people: count, assessed: [], with_target: [], at_target: [], mean_level: [], changes: null, is_suppressed: false },
});

describe("the lines", () => {
  it("are the rows when nothing is grouped", () => {
    expect(linesOf(2, [], new Set())).toEqual([
      { kind: "row", row: 0 },
      { kind: "row", row: 1 },
    ]);
  });

  it("have a heading before each group, and of a folded group the heading alone", () => {
    const lines = linesOf(5, [group(0, 2), group(2, 3)], new Set([0]));
    expect(lines.map((line) => (line.kind === "row" ? line.row : `g${line.group}`))).toEqual([
      "g0",
      "g1",
      2,
      3,
      4,
    ]);
  });
});

describe("the window", () => {
  it("holds what is in sight with a step to spare on both sides", () => {
    expect(spanOf(400, 200, 40, 1000, 4)).toEqual({ from: 4, to: 20 });
  });

  it("stays the same while scrolling within a step", () => {
    expect(spanOf(330, 200, 40, 1000, 4)).toEqual(spanOf(350, 200, 40, 1000, 4));
  });

  it("never leaves the grid", () => {
    expect(spanOf(0, 200, 40, 3, 4)).toEqual({ from: 0, to: 3 });
    expect(spanOf(9_000, 200, 40, 3, 4).to).toBe(3);
  });

  it("keeps drawing what has the focus, once", () => {
    expect(drawn({ from: 2, to: 4 }, 9)).toEqual([2, 3, 9]);
    expect(drawn({ from: 2, to: 4 }, 3)).toEqual([2, 3]);
    expect(drawn({ from: 2, to: 4 }, null)).toEqual([2, 3]);
  });

  it("asks for the pages of the rows it holds", () => {
    const lines = linesOf(300, [group(0, 99), group(99, 201)], new Set());
    expect(pagesOf(lines, { from: 0, to: 5 }, 100)).toEqual([1]);
    expect(pagesOf(lines, { from: 99, to: 104 }, 100)).toEqual([1, 2]);
  });
});
