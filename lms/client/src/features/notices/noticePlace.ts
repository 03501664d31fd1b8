import type { NoticePlace } from "./queries";

/** What an address of the page asks for; a page that is none is the first. */
export function noticePlaceOf(search: URLSearchParams): NoticePlace {
  const page = Math.trunc(Number(search.get("page")));
  return { unread: search.has("unread"), page: page >= 1 ? page : 1 };
}

/** The same as an address, without what goes without saying. */
export function noticeSearch({ unread, page }: NoticePlace): Record<string, string> {
  return { ...(unread && { unread: "" }), ...(page > 1 && { page: String(page) }) };
}
