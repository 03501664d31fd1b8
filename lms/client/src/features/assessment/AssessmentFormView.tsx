import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { AssessmentForm } from "../../api/contract";
import { ApiError } from "../../api/errors";
import { announce } from "../../components/announcements";
import { Banner } from "../../components/Banner";
import { Button } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { ProgressBar } from "../../components/ProgressBar";
import { groupSkills } from "../skills/groupSkills";
import { choiceName, LevelChoice } from "./LevelChoice";
import { type FormPlace, formQuery, putLevels } from "./queries";
import type { SaveState } from "./levelQueue";
import { missingOf } from "./standing";
import { useLevels } from "./useLevels";

type Props = { form: AssessmentForm; place: FormPlace; onDone: () => void };

const STATES = {
  saved: "assessment.saved",
  saving: "assessment.saving",
  failed: "assessment.saveFailed",
} as const satisfies Record<SaveState, string>;

/** The questions of one part, the same whoever fills it in. Every choice is kept at once. */
export function AssessmentFormView({ form, place, onDone }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const queries = useQueryClient();
  const element = useRef<HTMLFormElement>(null);
  const [isChecked, setIsChecked] = useState(false);
  const { levels, state, choose, retry, clear } = useLevels(form, place);
  const missing = missingOf(form.questions, levels);
  const total = form.questions.length;
  const done = total - missing.length;

  const handingIn = useMutation({
    mutationFn: () => {
      const asked = form.questions.map(({ competency }) => competency.key);
      clear();
      return putLevels(place, Object.fromEntries(asked.map((key) => [key, levels[key] ?? 0])), true);
    },
    onSuccess: async (body) => {
      queries.setQueryData(formQuery(place).queryKey, body);
      announce(t("assessment.handedIn"));
      onDone();
      await Promise.all(
        [["assessments", "campaigns"], ["assessments", "team"], ["assessments", "differences"], ["skills"]].map(
          (queryKey) => queries.invalidateQueries({ queryKey }),
        ),
      );
    },
  });

  const goTo = (key: string | undefined) => {
    if (key === undefined) return;
    element.current
      ?.querySelector<HTMLInputElement>(`input[name="${CSS.escape(choiceName(key))}"]`)
      ?.focus();
  };

  return (
    <form
      ref={element}
      noValidate
      className="flex flex-col gap-10"
      onSubmit={(event) => {
        event.preventDefault();
        setIsChecked(true);
        if (missing.length > 0) {
          announce(t("assessment.missing", { count: missing.length }));
          goTo(missing[0]);
        } else handingIn.mutate();
      }}
    >
      {groupSkills(form.questions).map(({ framework, groups }) => (
        <section key={framework.key} aria-labelledby={`${id}-${framework.key}`} className="flex flex-col gap-6">
          <h2 id={`${id}-${framework.key}`} className="text-std-22B-150">
            {framework.title}
          </h2>
          {groups.map(({ group, rows }) => (
            <div key={group?.key ?? ""} className="flex flex-col gap-4">
              {group !== null && <h3 className="text-std-18B-160">{group.title}</h3>}
              {rows.map((question) => (
                <LevelChoice
                  key={question.competency.key}
                  question={question}
                  level={levels[question.competency.key]}
                  isMissing={isChecked && levels[question.competency.key] === undefined}
                  onChoose={(level) => choose(question.competency.key, level)}
                />
              ))}
            </div>
          ))}
        </section>
      ))}
      {handingIn.isError && (
        <ErrorState
          error={handingIn.error}
          title={t("assessment.notHandedIn")}
          {...(handingIn.error instanceof ApiError && { detail: handingIn.error.message })}
        />
      )}
      <div className="sticky bottom-0 -mx-4 flex flex-col gap-3 border-t border-solid-gray-420 bg-white px-4 py-3 md:-mx-8 md:px-8">
        {state === "failed" && (
          <Banner tone="error" title={t("assessment.saveFailed")} isAlert>
            <Button variant="outline" size="sm" onClick={retry}>
              {t("errors.retry")}
            </Button>
          </Banner>
        )}
        {isChecked && missing.length > 0 && (
          <p className="font-bold text-error-1">＊{t("assessment.missing", { count: missing.length })}</p>
        )}
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <div className="min-w-48 flex-1">
            <ProgressBar
              label={t("assessment.progress")}
              progress={{ done, total, fraction: total === 0 ? 1 : done / total }}
            />
          </div>
          {state !== "failed" && (
            <p className="text-dns-14N-130 text-solid-gray-700">{t(STATES[state])}</p>
          )}
          <div className="flex flex-wrap gap-3">
            {missing.length > 0 && (
              <Button variant="outline" size="sm" onClick={() => goTo(missing[0])}>
                {t("assessment.toMissing")}
              </Button>
            )}
            <Button type="submit" size="sm" disabled={handingIn.isPending}>
              {t("assessment.handIn")}
            </Button>
          </div>
        </div>
      </div>
    </form>
  );
}
