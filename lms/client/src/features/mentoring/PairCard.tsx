import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { MentorPair } from "../../api/contract";
import { Button } from "../../components/Button";
import { PairHead } from "./PairHead";
import { endPair } from "./queries";
import { ReasonDialog } from "./ReasonDialog";
import { SessionDialog } from "./SessionDialog";
import { SessionRow } from "./SessionRow";

/** One of my pairs: its sessions, to write one down, and to end it. */
export function PairCard({ pair }: { pair: MentorPair }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<"session" | "end" | null>(null);
  const isMentor = pair.side === "mentor";
  const other = isMentor ? pair.learner : pair.mentor;
  return (
    <article
      id={pair.uuid}
      aria-label={t("mentoring.pair.with", { name: other.name })}
      className="flex flex-col gap-4 rounded-12 border border-solid-gray-420 p-4 md:p-6"
    >
      <PairHead pair={pair} />
      {pair.state === "proposed" && <p>{t("mentoring.pair.waits", { name: other.name })}</p>}
      {pair.state === "declined" && (
        <p>
          {pair.decline_reason === ""
            ? t("mentoring.pair.noReason")
            : t("mentoring.pair.reason", { reason: pair.decline_reason })}
        </p>
      )}
      {pair.end_reason !== "" && <p>{t("mentoring.pair.reason", { reason: pair.end_reason })}</p>}
      {pair.sessions.length > 0 && (
        <section aria-label={t("mentoring.session.title")} className="flex flex-col gap-3">
          <h4 className="text-dns-16B-130">
            {t("mentoring.session.sum", { count: pair.minutes })}
          </h4>
          <ul className="flex flex-col gap-3">
            {pair.sessions.map((session) => (
              <SessionRow key={session.uuid} session={session} />
            ))}
          </ul>
        </section>
      )}
      {pair.state === "agreed" && pair.sessions.length === 0 && (
        <p className="text-solid-gray-700">{t("mentoring.session.none")}</p>
      )}
      {(pair.state === "agreed" || pair.state === "proposed") && (
        <div className="flex flex-wrap gap-3">
          {pair.state === "agreed" && (
            <Button
              size="sm"
              aria-label={t("mentoring.session.logWith", { name: other.name })}
              onClick={() => setOpen("session")}
            >
              {t("mentoring.session.log")}
            </Button>
          )}
          <Button
            size="sm"
            variant="outline"
            aria-label={t("mentoring.end.with", { name: other.name })}
            onClick={() => setOpen("end")}
          >
            {t("mentoring.end.action")}
          </Button>
        </div>
      )}
      {open === "session" && <SessionDialog pair={pair} onClose={() => setOpen(null)} />}
      {open === "end" && (
        <ReasonDialog
          title={t("mentoring.end.title", { name: other.name })}
          text={t("mentoring.end.text")}
          action={t("mentoring.end.action")}
          done={t("mentoring.end.done")}
          onSend={(reason) => endPair(pair.uuid, reason)}
          onClose={() => setOpen(null)}
        />
      )}
    </article>
  );
}
