import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { WorkshopSession } from "../../api/contract";
import { ApiError } from "../../api/errors";
import { announce } from "../../components/announcements";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ErrorState } from "../../components/ErrorState";
import { useFormat } from "../../i18n/useFormat";
import { placeOf } from "./place";
import { giveUp, registerFor } from "./queries";
import type { Move } from "./seat";
import { MOVES, OUTCOMES } from "./texts";

type Props = { session: WorkshopSession; move: Exclude<Move, null>; onClose: () => void };

const SERVICES = { register: registerFor, wait: registerFor, cancel: giveUp, leave: giveUp };

/** Asks once more before a seat is taken or given up, and says what came of it. */
export function MoveDialog({ session, move, onClose }: Props) {
  const { t } = useTranslation();
  const { timeSpan } = useFormat();
  const queries = useQueryClient();
  const moving = useMutation({
    mutationFn: () => SERVICES[move](session.uuid),
    onSuccess: async ({ mine }) => {
      // Before the dialog goes, so that the button it came from says what it does now.
      await queries.invalidateQueries({ queryKey: ["sessions"] });
      for (const queryKey of [["course"], ["learning"]]) {
        void queries.invalidateQueries({ queryKey });
      }
      announce(
        t(OUTCOMES[mine?.state ?? (move === "leave" ? "leave" : "cancel")], {
          place: mine?.place_in_line ?? 0,
        }),
      );
      onClose();
    },
    // Somebody else may have been faster, or the session changed.
    onError: () => void queries.invalidateQueries({ queryKey: ["sessions"] }),
  });

  return (
    <Dialog title={t(MOVES[move].ask)} onClose={onClose}>
      <p>
        {timeSpan(session.starts_at, session.ends_at)}
        <br />
        {placeOf(session, t("workshop.online"))}
      </p>
      <p>{t(MOVES[move].consequence)}</p>
      {moving.isError && (
        <ErrorState
          error={moving.error}
          {...(moving.error instanceof ApiError && { detail: moving.error.message })}
        />
      )}
      <div className="flex flex-wrap justify-end gap-3">
        <Button variant="outline" onClick={onClose}>
          {t("workshop.back")}
        </Button>
        <Button disabled={moving.isPending} onClick={() => moving.mutate()}>
          {t(MOVES[move].name)}
        </Button>
      </div>
    </Dialog>
  );
}
