import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { newestState, StateSaver } from "./activityState";

const put = vi.fn<(data: string | null) => Promise<void>>();
const outcome = vi.fn<(isSaved: boolean) => void>();

beforeEach(() => {
  vi.useFakeTimers();
  put.mockReset().mockResolvedValue(undefined);
  outcome.mockReset();
});
afterEach(() => {
  vi.useRealTimers();
});

it("writes only the newest state, a second after the last change", async () => {
  const saver = new StateSaver(put, outcome);
  saver.save("1");
  await vi.advanceTimersByTimeAsync(900);
  saver.save("2");
  await vi.advanceTimersByTimeAsync(999);
  expect(put).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(put.mock.calls).toEqual([["2"]]);
});

it("writes at once on leaving, and only once", async () => {
  const saver = new StateSaver(put, outcome);
  saver.save("1");
  await saver.flush();
  await vi.advanceTimersByTimeAsync(5000);
  expect(put.mock.calls).toEqual([["1"]]);
});

it("null is a state like any other: it forgets what was saved", async () => {
  const saver = new StateSaver(put, outcome);
  saver.save(null);
  await saver.flush();
  expect(put.mock.calls).toEqual([[null]]);
});

it("keeps a state that could not be written for the next time", async () => {
  put.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  const saver = new StateSaver(put, outcome);
  saver.save("1");
  await saver.flush();
  await saver.flush();
  expect(put.mock.calls).toEqual([["1"], ["1"]]);
  expect(outcome.mock.calls).toEqual([[false], [true]]);
});

it.each([
  ["nothing was left unsaved", "2", null, "2"],
  ["what was left goes on from what the server has", "2", { data: "3", base: "2" }, "3"],
  ["another machine went on meanwhile", "5", { data: "3", base: "2" }, "5"],
  ["the first state of all was left unsaved", null, { data: "1", base: null }, "1"],
  ["it was forgotten here", "2", { data: null, base: "2" }, null],
])("resumes: %s", (_, saved, unsaved, expected) => {
  expect(newestState(saved, unsaved)).toBe(expected);
});
