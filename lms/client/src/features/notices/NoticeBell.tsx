import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

import { Icon } from "../../components/Icon";
import { unreadQuery } from "./queries";

const MOST_SHOWN = 99;

/** In the header of every page: how many notices are unread, and the way to them. */
export function NoticeBell({ className }: { className: string }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { data } = useQuery(unreadQuery);
  const count = data?.count ?? 0;
  return (
    <Link
      to="/notices"
      aria-label={count === 0 ? t("notices.title") : t("notices.bell", { count })}
      {...(pathname === "/notices" && { "aria-current": "page" as const })}
      className={`relative flex flex-col items-center rounded-6 px-2 py-1 text-dns-14N-120 hover:bg-solid-gray-50 hover:underline ${className}`}
    >
      <Icon name="bell" />
      <span aria-hidden="true">{t("notices.title")}</span>
      {count > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-0 left-1/2 ml-0.5 min-w-5 rounded-full bg-error-2 px-1 text-center text-dns-14B-130 leading-5 text-white"
        >
          {count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
        </span>
      )}
    </Link>
  );
}
