import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { MentorSession } from "../../api/contract";
import { Button } from "../../components/Button";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { usePairChange } from "./change";
import { confirmSession, withdrawSession } from "./queries";
import { Refused } from "./Refused";

/** One session: what was done, and what it counts for or waits for. */
export function SessionRow({ session }: { session: MentorSession }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const day = date(session.held_on);
  const confirming = usePairChange(
    () => confirmSession(session.uuid),
    t("mentoring.session.confirmed"),
  );
  const withdrawing = usePairChange(
    () => withdrawSession(session.uuid),
    t("mentoring.session.withdrawn"),
  );
  return (
    <li className="flex flex-col gap-2 rounded-8 bg-solid-gray-50 p-3">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="font-bold">{day}</span>
        <span className="tabular-nums">{t("mentoring.session.minutes", { count: session.minutes })}</span>
        <span>
          {t("mentoring.session.shown", { title: session.competency.title, level: session.level })}
        </span>
        {session.confirmed_at === null ? (
          <Tag tone="warning">{t("mentoring.session.waits")}</Tag>
        ) : (
          <Tag tone="success">{t("mentoring.session.isConfirmed")}</Tag>
        )}
      </p>
      <p className="whitespace-pre-line">{session.text}</p>
      <p className="text-dns-14N-130 text-solid-gray-700">
        {t("mentoring.session.loggedBy", { name: session.logged_by.name })}
      </p>
      {session.confirmed_at !== null && (
        <p>
          <Link className="link" to={`/skills/${encodeURIComponent(session.competency.key)}`}>
            {t("mentoring.session.counted", { title: session.competency.title })}
          </Link>
        </p>
      )}
      {confirming.isError && <Refused error={confirming.error} />}
      {withdrawing.isError && <Refused error={withdrawing.error} />}
      {session.may_confirm && (
        <div className="flex flex-wrap items-center gap-3">
          <Button
            size="sm"
            disabled={confirming.isPending}
            aria-label={t("mentoring.session.confirmOf", { date: day })}
            onClick={() => confirming.mutate(undefined)}
          >
            {t("mentoring.session.confirm")}
          </Button>
          <span className="text-dns-14N-130 text-solid-gray-700">
            {t("mentoring.session.confirmHelp")}
          </span>
        </div>
      )}
      {session.may_withdraw && (
        <div>
          <Button
            size="sm"
            variant="outline"
            disabled={withdrawing.isPending}
            aria-label={t("mentoring.session.withdrawOf", { date: day })}
            onClick={() => withdrawing.mutate(undefined)}
          >
            {t("mentoring.session.withdraw")}
          </Button>
        </div>
      )}
    </li>
  );
}
