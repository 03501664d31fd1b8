import { describe, expect, it } from "vitest";

import { moveCell } from "./keyboard";

const SIZE = { rows: 30, columns: 5 };
const at = (row: number, column: number) => ({ row, column });
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey });

describe("moveCell", () => {
  it.each([
    ["ArrowUp", at(11, 2)],
    ["ArrowDown", at(13, 2)],
    ["ArrowLeft", at(12, 1)],
    ["ArrowRight", at(12, 3)],
    ["Home", at(12, 0)],
    ["End", at(12, 4)],
    ["PageUp", at(2, 2)],
    ["PageDown", at(22, 2)],
  ])("%s leads from the middle to %j", (key, expected) => {
    expect(moveCell(at(12, 2), press(key), SIZE)).toEqual(expected);
  });

  it("Ctrl with Home and End leads to the corners", () => {
    expect(moveCell(at(12, 2), press("Home", true), SIZE)).toEqual(at(0, 0));
    expect(moveCell(at(12, 2), press("End", true), SIZE)).toEqual(at(29, 4));
  });

  it.each([
    ["ArrowUp", at(0, 0)],
    ["ArrowLeft", at(0, 0)],
    ["ArrowDown", at(29, 4)],
    ["ArrowRight", at(29, 4)],
    ["PageDown", at(29, 4)],
  ])("%s stops at the edge", (key, corner) => {
    expect(moveCell(corner, press(key), SIZE)).toEqual(corner);
  });

  it("leaves other keys to the browser", () => {
    expect(moveCell(at(1, 1), press("Tab"), SIZE)).toBeNull();
    expect(moveCell(at(1, 1), press("Enter"), SIZE)).toBeNull();
  });

  it("leads nowhere in an empty grid", () => {
    expect(moveCell(at(0, 0), press("ArrowDown"), { rows: 0, columns: 5 })).toBeNull();
  });
});
