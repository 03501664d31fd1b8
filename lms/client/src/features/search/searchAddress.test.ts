import { expect, it } from "vitest";

import { LONGEST_QUERY, searchAddress, wantedOf } from "./searchAddress";

const wanted = (text: string) => wantedOf(new URLSearchParams(text));

it("reads what is wanted from the address", () => {
  expect(wanted("q=%E8%A1%A8&page=2")).toEqual({ query: "表", page: 2 });
});

it.each(["", "page=0", "page=-3", "page=x"])("takes %j for the first page of nothing", (text) => {
  expect(wanted(text)).toEqual({ query: "", page: 1 });
});

it("asks for no more than the API takes, without the space around it", () => {
  expect(wanted(`q=%E3%80%80${"a".repeat(200)}`).query).toBe("a".repeat(LONGEST_QUERY));
});

it.each([
  { query: "表 計算", page: 1 },
  { query: "「個人 情報」&a=b", page: 3 },
  { query: "100%", page: 1 },
])("comes back as it went: %j", (asked) => {
  expect(wantedOf(new URL(searchAddress(asked), "http://a").searchParams)).toEqual(asked);
});
