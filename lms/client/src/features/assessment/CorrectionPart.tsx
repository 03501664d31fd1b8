import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { ApiError } from "../../api/errors";
import { announce } from "../../components/announcements";
import { Banner } from "../../components/Banner";
import { Button } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { SelectField, TextField } from "../../components/Field";
import { CORRECTIONS } from "./addresses";
import { askCorrection, correctionsQuery } from "./queries";

const LEVELS = [0, 1, 2, 3, 4] as const;
const LONGEST = 1000;

/** At the end of the explanation of an own level: to say that it is wrong. */
export function CorrectionPart({ competencyKey }: { competencyKey: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(correctionsQuery);
  const [isAsking, setIsAsking] = useState(false);
  const open = data?.find((row) => row.competency.key === competencyKey && row.state === "open");
  return (
    <section className="flex flex-col items-start gap-4 border-t border-solid-gray-420 pt-6">
      {isAsking ? (
        <CorrectionForm
          competencyKey={competencyKey}
          text={open?.text ?? ""}
          level={open?.level ?? null}
          onDone={() => setIsAsking(false)}
        />
      ) : (
        <>
          {open !== undefined && (
            <Banner tone="info" title={t("correction.isOpen")}>
              <p className="whitespace-pre-line">{open.text}</p>
              <Link to={CORRECTIONS} className="link">
                {t("correction.title")}
              </Link>
            </Banner>
          )}
          <Button variant="outline" onClick={() => setIsAsking(true)}>
            {t(open === undefined ? "correction.ask" : "correction.change")}
          </Button>
        </>
      )}
    </section>
  );
}

type Props = { competencyKey: string; text: string; level: number | null; onDone: () => void };

function CorrectionForm({ competencyKey, onDone, ...held }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [text, setText] = useState(held.text);
  const [level, setLevel] = useState(held.level === null ? "" : String(held.level));
  const [isChecked, setIsChecked] = useState(false);
  const asking = useMutation({
    mutationFn: () =>
      askCorrection({
        competency: competencyKey,
        text: text.trim(),
        level: level === "" ? null : Number(level),
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: correctionsQuery.queryKey });
      announce(t("correction.sent"));
      onDone();
    },
  });
  const isMissing = text.trim() === "";
  return (
    <form
      noValidate
      className="flex w-full flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setIsChecked(true);
        if (!isMissing) asking.mutate();
      }}
    >
      <h3 className="text-std-18B-160">{t("correction.ask")}</h3>
      <p className="text-dns-16N-130 text-solid-gray-700">{t("correction.help")}</p>
      <SelectField
        label={t("correction.level")}
        value={level}
        onChange={(event) => setLevel(event.target.value)}
      >
        <option value="">{t("correction.noLevel")}</option>
        {LEVELS.map((item) => (
          <option key={item} value={item}>
            {t("level.number", { level: item })}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t("correction.text")}
        rows={5}
        maxLength={LONGEST}
        value={text}
        error={isChecked && isMissing ? t("correction.textMissing") : null}
        onChange={(event) => setText(event.target.value)}
      />
      {asking.isError && (
        <ErrorState
          error={asking.error}
          title={t("correction.notSent")}
          {...(asking.error instanceof ApiError && { detail: asking.error.message })}
        />
      )}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" disabled={asking.isPending}>
          {t("correction.send")}
        </Button>
        <Button variant="outline" onClick={onDone}>
          {t("review.cancel")}
        </Button>
      </div>
    </form>
  );
}
