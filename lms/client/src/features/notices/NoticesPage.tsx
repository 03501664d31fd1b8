import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import type { Notice } from "../../api/contract";
import { announce } from "../../components/announcements";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Pagination } from "../../components/Pagination";
import { Loading } from "../../components/Skeleton";
import { daysBetween, officeDay } from "../../i18n/dates";
import { useFormat } from "../../i18n/useFormat";
import { byDay } from "./byDay";
import { NoticeItems } from "./NoticeItem";
import { noticePlaceOf, noticeSearch } from "./noticePlace";
import { markAllRead, noticesQuery, unreadQuery } from "./queries";

/** Everything the site has told me, newest first, by day. */
export function NoticesPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const place = noticePlaceOf(search);
  const { data, error, refetch, isPlaceholderData } = useQuery(noticesQuery(place));
  return (
    <>
      <PageHeading title={t("notices.title")}>
        <p>
          <Link to="/notices/settings" className="link">
            {t("notices.settings")}
          </Link>
        </p>
      </PageHeading>
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <label className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            className="size-6 accent-key-900"
            checked={place.unread}
            onChange={(event) =>
              setSearch(noticeSearch({ unread: event.target.checked, page: 1 }), { replace: true })
            }
          />
          {t("notices.onlyUnread")}
        </label>
        <AllRead />
      </div>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={4} />
      ) : data.results.length === 0 ? (
        <EmptyState>{t(place.unread ? "notices.nothingUnread" : "notices.empty")}</EmptyState>
      ) : (
        <div className="flex flex-col gap-8" aria-busy={isPlaceholderData}>
          <Days notices={data.results} />
        </div>
      )}
      {data !== undefined && data.pages > 1 && (
        <Pagination
          page={data.page}
          pages={data.pages}
          count={data.count}
          onPage={(page) => setSearch(noticeSearch({ ...place, page }))}
        />
      )}
    </>
  );
}

function AllRead() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data } = useQuery(unreadQuery);
  const reading = useMutation({
    mutationFn: markAllRead,
    onSuccess: () => {
      announce(t("notices.allRead"));
      return queries.invalidateQueries({ queryKey: ["notices"] });
    },
  });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        variant="outline"
        size="sm"
        disabled={data === undefined || data.count === 0 || reading.isPending}
        onClick={() => reading.mutate()}
      >
        {t("notices.readAll")}
      </Button>
      {reading.isError && (
        <p role="alert" className="text-error-1">
          {t("notices.failed")}
        </p>
      )}
    </div>
  );
}

function Days({ notices }: { notices: Notice[] }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const today = officeDay(new Date());
  const near = [t("notices.today"), t("notices.yesterday")];
  return byDay(notices).map((group) => {
    const ago = near[daysBetween(group.day, today)];
    return (
      <section key={group.day} aria-labelledby={`day-${group.day}`} className="flex flex-col gap-3">
        <h2 id={`day-${group.day}`} className="text-std-18B-160">
          {date(group.day)}
          {ago !== undefined && (
            <span className="ml-2 text-dns-16N-130 font-normal text-solid-gray-700">{ago}</span>
          )}
        </h2>
        <NoticeItems notices={group.notices} />
      </section>
    );
  });
}
