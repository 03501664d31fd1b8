import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { WorkshopSession } from "../../api/contract";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { Skeleton } from "../../components/Skeleton";
import { Tag, type TagTone } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { MoveDialog } from "./MoveDialog";
import { sessionsQuery } from "./queries";
import { comingFirst, type Move, moveOf, type Standing, standingOf } from "./seat";
import { placeOf } from "./place";
import { MOVES, STANDINGS } from "./texts";

type Props = { courseKey: string; workshopKey: string };

/** When a workshop is held, how many seats are left, and registering for one. */
export function SessionList({ courseKey, workshopKey }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(sessionsQuery(courseKey, workshopKey));
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton className="h-40" />;
  if (data.length === 0) return <EmptyState>{t("workshop.none")}</EmptyState>;
  return (
    <ul className="flex flex-col gap-4">
      {comingFirst(data, new Date()).map((session) => (
        <SessionCard key={session.uuid} session={session} />
      ))}
    </ul>
  );
}

const TONES: Record<Standing, TagTone> = {
  cancelled: "error",
  attended: "success",
  absent: "warning",
  registered: "success",
  waiting: "warning",
  closed: "neutral",
  full: "neutral",
  free: "key",
};

function SessionCard({ session }: { session: WorkshopSession }) {
  const { t } = useTranslation();
  const { timeSpan, dateTime } = useFormat();
  const [asked, setAsked] = useState<Exclude<Move, null> | null>(null);
  const standing = standingOf(session);
  const move = moveOf(session);
  const when = timeSpan(session.starts_at, session.ends_at);
  const isMine = session.mine !== null && standing !== "cancelled";

  return (
    <li
      className={`flex flex-col gap-4 rounded-8 border p-4 ${isMine ? "border-key-900 bg-key-50" : "border-solid-gray-420"}`}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-std-17B-170">
          <time dateTime={session.starts_at}>{when}</time>
        </p>
        <Tag tone={TONES[standing]}>
          {t(STANDINGS[standing], { place: session.mine?.place_in_line ?? 0 })}
        </Tag>
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 text-dns-16N-130">
        <Fact name={t("workshop.place")}>{placeOf(session, t("workshop.online"))}</Fact>
        {session.online_url !== "" && (
          <Fact name={t("workshop.address")}>
            <a href={session.online_url} className="link break-all">
              {session.online_url}
            </a>
          </Fact>
        )}
        {session.instructor !== "" && (
          <Fact name={t("workshop.instructor")}>{session.instructor}</Fact>
        )}
        {standing === "cancelled" ? (
          <Fact name={t("workshop.reason")}>{session.cancelled_reason}</Fact>
        ) : (
          <>
            <Fact name={t("workshop.seats")}>
              {session.seats_left > 0
                ? t("workshop.seatsLeft", { left: session.seats_left, all: session.capacity })
                : t("workshop.noSeats", { all: session.capacity, waiting: session.waiting })}
            </Fact>
            {session.is_open && (
              <Fact name={t("workshop.closes")}>{dateTime(session.closes_at)}</Fact>
            )}
          </>
        )}
        {session.note !== "" && (
          <Fact name={t("workshop.note")}>
            <span className="whitespace-pre-line">{session.note}</span>
          </Fact>
        )}
      </dl>
      {move !== null && (
        <p>
          {/* One button that changes, so that focus stays where it was. */}
          <Button
            variant={move === "register" || move === "wait" ? "solid" : "outline"}
            aria-label={t(MOVES[move].nameOf, { when })}
            onClick={() => setAsked(move)}
          >
            {t(MOVES[move].name)}
          </Button>
        </p>
      )}
      {move === null && standing === "registered" && new Date(session.starts_at) > new Date() && (
        <p className="text-dns-16N-130 text-solid-gray-700">{t("workshop.tooLateToCancel")}</p>
      )}
      {asked !== null && (
        <MoveDialog session={session} move={asked} onClose={() => setAsked(null)} />
      )}
    </li>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="whitespace-nowrap text-solid-gray-700">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
