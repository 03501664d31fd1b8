import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { NoticeItems } from "./NoticeItem";
import { unreadQuery } from "./queries";

/** On the home page: the newest unread notices; nothing where there are none. */
export function UnreadNotices() {
  const { t } = useTranslation();
  const { data } = useQuery(unreadQuery);
  if (data === undefined || data.count === 0) return null;
  return (
    <section aria-labelledby="unread-notices" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="unread-notices" className="text-std-22B-150">
          {t("notices.unreadNotices", { count: data.count })}
        </h2>
        <Link to="/notices" className="link">
          {t("notices.seeAll")}
        </Link>
      </div>
      <NoticeItems notices={data.results} />
    </section>
  );
}
