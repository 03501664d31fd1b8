import { expect, it } from "vitest";

import { assuranceOf, downloadAddress, matrixQueryOf, viewOf, withSettings } from "./matrixSearch";

const search = (text: string) => new URLSearchParams(text);

it("asks only for the settings that are set, and never for unknown ones", () => {
  expect(matrixQueryOf(search("department=d1&tier=&panel=open&gap=2"))).toEqual({
    department: "d1",
    gap: "2",
    page: 1,
    page_size: 100,
  });
});

it("leaves a setting out of the address when it is cleared", () => {
  expect(withSettings(search("tier=t1&role=ldr"), { tier: "", sort: "kana" }).toString()).toBe(
    "role=ldr&sort=kana",
  );
});

it("keeps a view as its settings in one order, however the address came about", () => {
  expect(viewOf(search("as_of=2024-03-31&x=1&department=d1"))).toBe(
    viewOf(search("department=d1&as_of=2024-03-31")),
  );
});

it("downloads all pages of what is filtered", () => {
  expect(downloadAddress(search("department=d1&gap=1"), "csv")).toBe(
    "/api/v1/skills/matrix/?department=d1&gap=1&format=csv",
  );
});

it("takes the assurance for a number, also the weakest", () => {
  expect(assuranceOf(search("assurance=0"))).toBe(0);
  expect(assuranceOf(search(""))).toBeUndefined();
});
