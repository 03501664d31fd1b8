import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { Button, buttonClasses } from "../../components/Button";
import { useFormat } from "../../i18n/useFormat";
import { CALENDAR_FILE } from "./files";
import { calendarLinkQuery, makeCalendarLink, revokeCalendarLink } from "./queries";

/** Due dates as a file, or under an address that a calendar program subscribes to. */
export function CalendarSection() {
  const { t } = useTranslation();
  const { date } = useFormat();
  const id = useId();
  const queries = useQueryClient();
  const { data: link } = useQuery(calendarLinkQuery);
  const settle = () => queries.invalidateQueries({ queryKey: calendarLinkQuery.queryKey });
  const making = useMutation({ mutationFn: makeCalendarLink, onSuccess: settle });
  const revoking = useMutation({
    mutationFn: revokeCalendarLink,
    onSuccess: () => {
      making.reset();
      return settle();
    },
  });
  const since = link?.created_at ?? null;

  return (
    <section aria-labelledby={id} className="flex flex-col items-start gap-4">
      <h2 id={id} className="text-std-22B-150">
        {t("record.calendar.title")}
      </h2>
      <p>{t("record.calendar.text")}</p>
      <div className="flex flex-wrap gap-3">
        <a href={CALENDAR_FILE} download className={buttonClasses({ variant: "outline" })}>
          {t("record.calendar.file")}
        </a>
        <Button variant="outline" disabled={making.isPending} onClick={() => making.mutate()}>
          {since === null ? t("record.calendar.make") : t("record.calendar.renew")}
        </Button>
        {since !== null && (
          <Button variant="text" disabled={revoking.isPending} onClick={() => revoking.mutate()}>
            {t("record.calendar.revoke")}
          </Button>
        )}
      </div>
      <div role="status" className="flex w-full flex-col gap-2">
        {since !== null && <p>{t("record.calendar.since", { date: date(since) })}</p>}
        {making.data !== undefined && (
          <>
            <label htmlFor={`${id}-address`} className="font-bold">
              {t("record.calendar.address")}
            </label>
            <input
              id={`${id}-address`}
              readOnly
              value={making.data.address}
              onFocus={(event) => event.currentTarget.select()}
              className="w-full max-w-2xl rounded-8 border border-solid-gray-536 px-3 py-2"
            />
            <p>{t("record.calendar.once")}</p>
          </>
        )}
      </div>
      {(making.isError || revoking.isError) && (
        <p role="alert" className="text-error-1">
          {t("record.calendar.failed")}
        </p>
      )}
    </section>
  );
}
