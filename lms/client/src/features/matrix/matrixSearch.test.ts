import { expect, it } from "vitest";

import { downloadAddress, matrixQueryOf, withFilter } from "./matrixSearch";

const search = (text: string) => new URLSearchParams(text);

it("asks only for the filters that are set, and never for unknown ones", () => {
  expect(matrixQueryOf(search("department=d1&tier=&panel=open"))).toEqual({
    department: "d1",
    page: 1,
    page_size: 50,
  });
});

it.each(["0", "-1", "x", "1.5"])("takes page %s for page one", (page) => {
  expect(matrixQueryOf(search(`page=${page}`)).page).toBe(1);
});

it("goes back to the first page when a filter changes", () => {
  expect(withFilter(search("page=3&tier=t1"), "role", "ldr").toString()).toBe("tier=t1&role=ldr");
});

it("leaves a filter out of the address when it is cleared", () => {
  expect(withFilter(search("tier=t1&role=ldr"), "tier", "").toString()).toBe("role=ldr");
});

it("downloads all pages of what is filtered", () => {
  expect(downloadAddress(search("page=3&department=d1"), "csv")).toBe(
    "/api/v1/skills/matrix/?department=d1&format=csv",
  );
});
