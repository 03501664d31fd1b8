import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Notice } from "../../api/contract";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { markRead } from "./queries";

/** One notice; opening what it leads to marks it read. */
export function NoticeItem({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const { dateTime } = useFormat();
  const queries = useQueryClient();
  const reading = useMutation({
    mutationFn: () => markRead(notice.uuid),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["notices"] }),
  });
  const isUnread = notice.read_at === null;
  return (
    <li
      className={`flex flex-col gap-1 border-l-8 px-4 py-3 md:px-6 ${isUnread ? "border-key-900 bg-key-50" : "border-transparent bg-white"}`}
    >
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-dns-14N-130 text-solid-gray-700">
        {isUnread && <Tag tone="key">{t("notices.unread")}</Tag>}
        <span>{notice.title}</span>
        <time dateTime={notice.created_at}>{dateTime(notice.created_at)}</time>
      </p>
      <Link
        to={notice.path}
        // It is answered in the admin, which is no page of this program.
        reloadDocument={notice.kind === "correction_asked"}
        className={`link self-start ${isUnread ? "font-bold" : ""}`}
        onClick={() => isUnread && reading.mutate()}
      >
        {notice.text}
      </Link>
    </li>
  );
}

export function NoticeItems({ notices }: { notices: Notice[] }) {
  return (
    <ul className="divide-y divide-solid-gray-300 overflow-hidden rounded-12 border border-solid-gray-420">
      {notices.map((notice) => (
        <NoticeItem key={notice.uuid} notice={notice} />
      ))}
    </ul>
  );
}
