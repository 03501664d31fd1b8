import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Difference } from "../../api/contract";
import { ApiError } from "../../api/errors";
import { announce } from "../../components/announcements";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ErrorState } from "../../components/ErrorState";
import { SelectField } from "../../components/Field";
import { ReasonField, useReason } from "../../components/ReasonField";
import { settle } from "./queries";

const LEVELS = [0, 1, 2, 3, 4] as const;
const LONGEST = 1000;

type Props = { campaign: string; line: Difference; onClose: () => void };

/** What person and head agreed on; another level than before needs a reason. */
export function SettleDialog({ campaign, line, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const held = line.settlement?.level ?? line.head_level;
  const [level, setLevel] = useState(held);
  const reason = useReason(level !== held, line.settlement?.reason);
  const settling = useMutation({
    mutationFn: () =>
      settle(campaign, {
        staff_number: line.staff_number,
        competency: line.competency.key,
        level,
        reason: reason.said,
      }),
    onSuccess: async () => {
      // Before the dialog goes, so that the button it came from says what it does now.
      await queries.invalidateQueries({ queryKey: ["assessments", "differences"] });
      for (const queryKey of [["matrix"], ["skills"]]) void queries.invalidateQueries({ queryKey });
      announce(t("assessment.noted"));
      onClose();
    },
  });

  return (
    <Dialog title={t("assessment.settleFor", { name: line.name, competency: line.competency.title })} onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          reason.check();
          if (!reason.isMissing) settling.mutate();
        }}
      >
        <p>{t("assessment.bothSaid", { self: line.self_level, head: line.head_level })}</p>
        <SelectField
          label={t("assessment.agreedLevel")}
          value={level}
          onChange={(event) => setLevel(Number(event.target.value))}
        >
          {LEVELS.map((item) => (
            <option key={item} value={item}>
              {t(item === held ? "assessment.levelStays" : "level.number", { level: item })}
            </option>
          ))}
        </SelectField>
        <ReasonField
          label={t(level === held ? "assessment.remark" : "assessment.reason")}
          missing={t("assessment.reasonMissing")}
          longest={LONGEST}
          field={reason.field}
        />
        {settling.isError && (
          <ErrorState
            error={settling.error}
            title={t("assessment.notNoted")}
            {...(settling.error instanceof ApiError && { detail: settling.error.message })}
          />
        )}
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="outline" onClick={onClose}>
            {t("workshop.back")}
          </Button>
          <Button type="submit" disabled={settling.isPending}>
            {t("assessment.note")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
