import { expect, it } from "vitest";

import { ReadingTime } from "./readingTime";

it("counts only while the lesson is in view", () => {
  const time = new ReadingTime();
  time.see(true, 100);
  time.see(true, 105);
  time.see(false, 110);
  time.see(true, 500);
  time.see(true, 503);
  expect(time.seconds).toBe(13);
});

it("hands out every second once and keeps what is left of one", () => {
  const time = new ReadingTime();
  time.see(true, 0);
  time.see(true, 1.7);
  expect(time.take()).toBe(1);
  expect(time.take()).toBe(0);
  time.see(true, 2.4);
  expect(time.take()).toBe(1);
});

it("a machine that slept did not read", () => {
  const time = new ReadingTime();
  time.see(true, 0);
  time.see(true, 3600);
  expect(time.seconds).toBe(15);
});
