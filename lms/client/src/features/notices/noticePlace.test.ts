import { expect, it } from "vitest";

import { noticePlaceOf, noticeSearch } from "./noticePlace";

it.each([
  ["", { unread: false, page: 1 }],
  ["unread=&page=2", { unread: true, page: 2 }],
  ["page=-3", { unread: false, page: 1 }],
  ["page=x", { unread: false, page: 1 }],
])("%s is read", (address, place) => {
  expect(noticePlaceOf(new URLSearchParams(address))).toEqual(place);
});

it("is the same again when read back", () => {
  const place = { unread: true, page: 4 };
  expect(noticePlaceOf(new URLSearchParams(noticeSearch(place)))).toEqual(place);
  expect(noticeSearch({ unread: false, page: 1 })).toEqual({});
});
