import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Composition } from "../../api/contract";
import { ApiError } from "../../api/errors";
import { announce } from "../../components/announcements";
import { Banner } from "../../components/Banner";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ErrorState } from "../../components/ErrorState";
import { useFormat } from "../../i18n/useFormat";
import { adoptTeams, compositionQuery, undoAdoption } from "./queries";

/** To write the teams into their projects, and to take that back. */
export function AdoptionPart({ composition }: { composition: Composition }) {
  const { t } = useTranslation();
  const { dateTime } = useFormat();
  const [isAsked, setIsAsked] = useState(false);
  const { request, teams } = composition;
  if (!request.is_final || teams.length === 0) return null;
  const isAdopted = request.adopted_at !== null;
  return (
    <section aria-labelledby="teams-adoption" className="flex flex-col gap-4">
      <h2 id="teams-adoption" className="text-std-22B-150">
        {t("teams.adoption.title")}
      </h2>
      {request.adopted_at !== null ? (
        <Banner
          tone="success"
          title={t("teams.adoption.done", { date: dateTime(request.adopted_at) })}
        >
          <p>{t("teams.adoption.undoHelp")}</p>
          <Button variant="outline" size="sm" onClick={() => setIsAsked(true)}>
            {t("teams.adoption.undo")}
          </Button>
        </Banner>
      ) : (
        <div className="flex flex-col items-start gap-3">
          <p className="max-w-3xl">{t("teams.adoption.help")}</p>
          <Button onClick={() => setIsAsked(true)}>{t("teams.adoption.adopt")}</Button>
        </div>
      )}
      {isAsked && (
        <AdoptionDialog
          composition={composition}
          isAdopted={isAdopted}
          onClose={() => setIsAsked(false)}
        />
      )}
    </section>
  );
}

type DialogProps = { composition: Composition; isAdopted: boolean; onClose: () => void };

function AdoptionDialog({ composition, isAdopted, onClose }: DialogProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { uuid } = composition.request;
  const people = new Set(
    composition.teams.flatMap(({ members }) => members.map((one) => one.staff_number)),
  ).size;
  const doing = useMutation({
    mutationFn: () => (isAdopted ? undoAdoption(uuid) : adoptTeams(uuid)),
    onSuccess: (found) => {
      queries.setQueryData(compositionQuery(uuid).queryKey, found);
      for (const queryKey of [["teams", "list"], ["teams", "choices"], ["project"]]) {
        void queries.invalidateQueries({ queryKey });
      }
      announce(t(isAdopted ? "teams.adoption.wasUndone" : "teams.adoption.wasDone"));
      onClose();
    },
  });
  return (
    <Dialog
      title={t(isAdopted ? "teams.adoption.askUndo" : "teams.adoption.ask")}
      onClose={onClose}
    >
      <p>
        {isAdopted
          ? t("teams.adoption.undoText")
          : t("teams.adoption.text", { teams: composition.teams.length, count: people })}
      </p>
      {doing.isError && (
        <ErrorState
          error={doing.error}
          title={t("teams.adoption.refused")}
          {...(doing.error instanceof ApiError && { detail: doing.error.message })}
        />
      )}
      <div className="flex flex-wrap justify-end gap-3">
        <Button variant="outline" onClick={onClose}>
          {t("workshop.back")}
        </Button>
        <Button disabled={doing.isPending} onClick={() => doing.mutate()}>
          {t(isAdopted ? "teams.adoption.undo" : "teams.adoption.adopt")}
        </Button>
      </div>
    </Dialog>
  );
}
