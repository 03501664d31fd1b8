import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "../../api/client";
import type { NoticePreferencesChange } from "../../api/contract";

const PAGE_SIZE = 30;
/** As many as the home page shows. */
const FEW = 3;
const EVERY_TWO_MINUTES = 2 * 60_000;

/** The newest unread ones; `count` says how many there are in all. */
export const unreadQuery = queryOptions({
  queryKey: ["notices", "unread"],
  queryFn: () =>
    answer(api.GET("/api/v1/me/notices/", { params: { query: { unread: true, page_size: FEW } } })),
  refetchInterval: EVERY_TWO_MINUTES,
});

export type NoticePlace = { unread: boolean; page: number };

export const noticesQuery = ({ unread, page }: NoticePlace) =>
  queryOptions({
    queryKey: ["notices", "list", unread, page],
    queryFn: () =>
      answer(
        api.GET("/api/v1/me/notices/", { params: { query: { unread, page, page_size: PAGE_SIZE } } }),
      ),
    placeholderData: keepPreviousData,
  });

export const markRead = (uuid: string) =>
  answer(api.PUT("/api/v1/me/notices/{uuid}/read/", { params: { path: { uuid } } }));

export const markAllRead = () => answer(api.PUT("/api/v1/me/notices/read/"));

export const noticePreferencesQuery = queryOptions({
  queryKey: ["notice-preferences"],
  queryFn: () => answer(api.GET("/api/v1/me/notice-preferences/")),
});

export const saveNoticePreferences = (body: NoticePreferencesChange) =>
  answer(api.PATCH("/api/v1/me/notice-preferences/", { body }));
