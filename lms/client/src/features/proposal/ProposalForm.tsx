import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import type { Project, Titled } from "../../api/contract";
import { ApiError } from "../../api/errors";
import { projectQuery } from "../../api/queries";
import { announce } from "../../components/announcements";
import { Button } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { InputField, SelectField, TextField } from "../../components/Field";
import { Loading } from "../../components/Skeleton";
import { projectAddress } from "../suggestions/addresses";
import {
  comparedText,
  type Draft,
  dropDraft,
  EMPTY,
  type Field,
  faultsOf,
  keepDraft,
  keptDraft,
  proposalOf,
  withTemplate,
} from "./draft";
import { NeedChoices } from "./NeedChoices";
import { propose } from "./queries";
import { SavingText } from "./SavingText";
import { SimilarProjects } from "./SimilarProjects";

const LONGEST = { title: 200, today: 1500, pain: 1000, number: 12 };
const FAULTS = {
  missing: "proposal.faults.missing",
  number: "proposal.faults.number",
  more: "proposal.faults.more",
} as const;

type Props = { username: string; templates: Titled[] };

export function ProposalForm({ username, templates }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => keptDraft(username));
  const [isKept, setIsKept] = useState(draft !== EMPTY);
  const [isChecked, setIsChecked] = useState(false);
  const chosen = useQuery({ ...projectQuery(draft.template), enabled: draft.template !== "" });
  const faults = faultsOf(draft);

  const change = (part: Partial<Draft>) => {
    const changed = { ...draft, ...part };
    setDraft(changed);
    setIsKept(keepDraft(username, changed));
  };
  const choose = async (key: string) => {
    change({ template: key, needs: {} });
    if (key === "") return;
    const template = await queries.query(projectQuery(key));
    setDraft((now) => {
      if (now.template !== key) return now;
      const filled = withTemplate(now, template);
      keepDraft(username, filled);
      return filled;
    });
  };
  const proposing = useMutation({
    mutationFn: (template: Project) =>
      propose(
        proposalOf(draft, template, { today: t("proposal.todayHead"), pain: t("proposal.painHead") }),
      ),
    onSuccess: (made) => {
      dropDraft(username);
      queries.setQueryData(projectQuery(made.key).queryKey, made);
      void queries.invalidateQueries({ queryKey: ["projects"] });
      announce(t("proposal.sent"));
      void navigate(projectAddress(made.key));
    },
  });
  const fault = (name: Field) => {
    const found = isChecked ? faults.get(name) : undefined;
    return found === undefined ? null : t(FAULTS[found]);
  };
  const text = (name: "title" | "cases" | "minutes" | "people" | "expected") => ({
    value: draft[name],
    error: fault(name),
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  });
  const number = (name: "cases" | "minutes" | "people" | "expected") => ({
    ...text(name),
    inputMode: "decimal" as const,
    maxLength: LONGEST.number,
  });

  return (
    <form
      ref={form}
      noValidate
      aria-label={t("proposal.title")}
      // On a narrow screen what is similar comes where it is asked about, else beside it all.
      className="grid items-start gap-x-8 gap-y-10 lg:grid-cols-[minmax(0,1fr)_22rem] lg:*:col-start-1"
      onSubmit={(event) => {
        event.preventDefault();
        setIsChecked(true);
        if (faults.size === 0 && chosen.data !== undefined) proposing.mutate(chosen.data);
        else requestAnimationFrame(() => firstFault(form.current)?.focus());
      }}
    >
      <Step number={1} title={t("proposal.steps.work")}>
        <InputField
          label={t("proposal.name")}
          help={t("proposal.nameHelp")}
          maxLength={LONGEST.title}
          required
          {...text("title")}
        />
        <TextField
          label={t("proposal.today")}
          rows={5}
          maxLength={LONGEST.today}
          required
          value={draft.today}
          error={fault("today")}
          placeholder={t("proposal.todayExample")}
          onChange={(event) => change({ today: event.target.value })}
        />
        <TextField
          label={t("proposal.pain")}
          rows={3}
          maxLength={LONGEST.pain}
          value={draft.pain}
          onChange={(event) => change({ pain: event.target.value })}
        />
      </Step>
      <SimilarProjects text={comparedText(draft)} />
      <Step number={2} title={t("proposal.steps.amount")}>
        <div className="grid items-end gap-6 md:grid-cols-3">
          <InputField label={t("proposal.cases")} required {...number("cases")} />
          <InputField label={t("proposal.minutes")} required {...number("minutes")} />
          <InputField label={t("proposal.people")} {...number("people")} />
        </div>
      </Step>
      <Step number={3} title={t("proposal.steps.like")}>
        <p>{t("proposal.likeHelp")}</p>
        <SelectField
          label={t("proposal.template")}
          value={draft.template}
          required
          aria-invalid={fault("template") !== null}
          aria-describedby={fault("template") === null ? undefined : "template-error"}
          onChange={(event) => void choose(event.target.value)}
        >
          <option value="">{t("proposal.choose")}</option>
          {templates.map((row) => (
            <option key={row.key} value={row.key}>
              {row.title}
            </option>
          ))}
        </SelectField>
        {fault("template") !== null && (
          <p id="template-error" className="text-dns-16N-130 text-error-1">
            ＊{t("proposal.faults.choose")}
          </p>
        )}
        {draft.template !== "" &&
          (chosen.data !== undefined ? (
            <NeedChoices
              template={chosen.data}
              needs={draft.needs}
              onChange={(needs) => change({ needs })}
            />
          ) : chosen.isError ? (
            <ErrorState error={chosen.error} onRetry={() => void chosen.refetch()} />
          ) : (
            <Loading rows={2} />
          ))}
      </Step>
      <Step number={4} title={t("proposal.steps.saving")}>
        <div className="max-w-xs">
          <InputField
            label={t("proposal.expected")}
            help={t("proposal.expectedHelp")}
            required
            {...number("expected")}
          />
        </div>
        <SavingText draft={draft} />
      </Step>
      {isChecked && faults.size > 0 && (
        <p role="alert" className="font-bold text-error-1">
          {t("proposal.faults.some", { count: faults.size })}
        </p>
      )}
      {proposing.isError && (
        <ErrorState
          error={proposing.error}
          title={t("proposal.notSent")}
          {...(proposing.error instanceof ApiError && { detail: proposing.error.message })}
        />
      )}
      <div className="flex flex-wrap items-center gap-4 border-t border-solid-gray-420 pt-6">
        <Button type="submit" size="lg" disabled={proposing.isPending}>
          {t("proposal.send")}
        </Button>
        <Button
          variant="text"
          onClick={() => {
            dropDraft(username);
            setDraft(EMPTY);
            setIsKept(false);
            setIsChecked(false);
            announce(t("proposal.cleared"));
          }}
        >
          {t("proposal.clear")}
        </Button>
        <p className="basis-full text-dns-14N-130 text-solid-gray-700">
          {t(isKept ? "proposal.kept" : "proposal.willBeKept")}
          {t("proposal.whoReads")}
        </p>
      </div>
    </form>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-5">
      <h2 className="flex items-center gap-3 text-std-20B-150">
        <span
          aria-hidden="true"
          className="flex size-8 shrink-0 items-center justify-center rounded-full bg-key-900 text-base font-bold text-white"
        >
          {number}
        </span>
        {title}
      </h2>
      {children}
    </section>
  );
}

function firstFault(form: HTMLFormElement | null): HTMLElement | null {
  return form?.querySelector<HTMLElement>("[aria-invalid=true]") ?? null;
}
