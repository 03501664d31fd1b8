import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { FigurePhase, JoinablePerson, Project, ProjectLedger } from "../../api/contract";
import { Banner } from "../../components/Banner";
import { InputField, SelectField, TextField } from "../../components/Field";
import { PersonField } from "../../components/PersonField";
import { officeDay } from "../../i18n/dates";
import { useFormat } from "../../i18n/useFormat";
import { fractionOf, hoursOf, numberOf } from "./figure";
import { FormDialog } from "./FormDialog";
import { peopleOfProjectQuery, projectChoicesQuery, recordFigure } from "./queries";
import { useChange } from "./useChange";
import { PHASE_NAMES, postingOf } from "./words";

const LONGEST = 2000;

type Props = { project: Project; ledger: ProjectLedger; onClose: () => void };

/** A figure by the one formula; where the phase has one, this becomes its correction. */
export function FigureDialog({ project, ledger, onClose }: Props) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { data: choices } = useQuery(projectChoicesQuery);
  const held = (phase: FigurePhase) =>
    ledger.figures.find((row) => row.phase === phase && !row.is_corrected);
  const [phase, setPhase] = useState(
    ledger.may_record.find((one) => held(one) === undefined) ?? ledger.may_record[0] ?? "before",
  );
  const [said, setSaid] = useState({
    cases: "",
    minutes: "",
    people: "",
    errors: "",
    tier: held("before")?.tier?.key ?? "",
    on: phase === "forecast" ? "" : officeDay(new Date()),
    how: "",
  });
  const [by, setBy] = useState<JoinablePerson | null>(null);
  const [isChecked, setIsChecked] = useState(false);
  const say = (name: keyof typeof said) => (event: { target: { value: string } }) =>
    setSaid((before) => ({ ...before, [name]: event.target.value }));

  const hours = hoursOf(said.cases, said.minutes);
  const before = held("before")?.hours_per_year;
  const faults = {
    cases: numberOf(said.cases) === null ? t("figures.faults.number") : null,
    minutes: numberOf(said.minutes) === null ? t("figures.faults.number") : null,
    people:
      said.people !== "" && !Number.isInteger(numberOf(said.people) ?? 0.5)
        ? t("figures.faults.whole")
        : null,
    errors: said.errors !== "" && fractionOf(said.errors) === null ? t("figures.faults.percent") : null,
    on: phase !== "forecast" && said.on === "" ? t("figures.faults.day") : null,
    how: said.how.trim() === "" ? t("figures.faults.how") : null,
  };
  const shown = (name: keyof typeof faults) => (isChecked ? faults[name] : null);

  const recording = useChange({
    project: project.key,
    change: () =>
      recordFigure(project.key, {
        phase,
        cases_per_year: (numberOf(said.cases) ?? 0).toFixed(2),
        minutes_per_case: (numberOf(said.minutes) ?? 0).toFixed(2),
        people: said.people === "" ? null : numberOf(said.people),
        error_rate: said.errors === "" ? null : fractionOf(said.errors),
        tier: said.tier === "" ? null : said.tier,
        measured_on: said.on === "" ? null : said.on,
        measured_by: by?.staff_number ?? null,
        how: said.how.trim(),
      }),
    done: t("figures.recorded"),
    onDone: onClose,
  });

  return (
    <FormDialog
      title={t("figures.record")}
      submit={t("figures.save")}
      isPending={recording.isPending}
      error={recording.error}
      onClose={onClose}
      onSubmit={() => {
        setIsChecked(true);
        if (Object.values(faults).every((fault) => fault === null)) recording.mutate();
      }}
    >
      <SelectField
        label={t("figures.phase")}
        value={phase}
        onChange={(event) => setPhase(event.target.value as FigurePhase)}
      >
        {ledger.may_record.map((one) => (
          <option key={one} value={one}>
            {t(PHASE_NAMES[one])}
          </option>
        ))}
      </SelectField>
      {held(phase) !== undefined && (
        <Banner tone="info" title={t("figures.correction")}>
          <p>{t("figures.correctionHelp")}</p>
        </Banner>
      )}
      <p className="text-dns-16N-130 text-solid-gray-700">
        {t(phase === "forecast" ? "figures.requiredOfForecast" : "figures.required")}
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <InputField
          isCompact
          inputMode="decimal"
          label={t("figures.cases")}
          value={said.cases}
          error={shown("cases")}
          onChange={say("cases")}
        />
        <InputField
          isCompact
          inputMode="decimal"
          label={t("figures.minutes")}
          value={said.minutes}
          error={shown("minutes")}
          onChange={say("minutes")}
        />
      </div>
      <p role="status" className="rounded-8 bg-solid-gray-50 p-4 tabular-nums">
        {hours === null ? t("figures.formula") : t("figures.preview", { hours: number(hours) })}
        {hours !== null && phase !== "before" && before !== undefined && (
          <span className="block font-bold">
            {t("figures.previewSaved", { hours: number(before - hours) })}
          </span>
        )}
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <InputField
          isCompact
          inputMode="numeric"
          label={t("figures.people")}
          value={said.people}
          error={shown("people")}
          onChange={say("people")}
        />
        <InputField
          isCompact
          inputMode="decimal"
          label={t("figures.errors")}
          value={said.errors}
          error={shown("errors")}
          onChange={say("errors")}
        />
        <SelectField label={t("figures.tier")} value={said.tier} onChange={say("tier")}>
          <option value="">{t("projectPage.notSet")}</option>
          {choices?.tiers.map(({ key, title }) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        </SelectField>
        <InputField
          isCompact
          type="date"
          label={t("figures.on")}
          value={said.on}
          max={officeDay(new Date())}
          error={shown("on")}
          onChange={say("on")}
        />
      </div>
      <PersonField
        label={t("figures.by")}
        value={by}
        query={peopleOfProjectQuery(project.key)}
        posting={postingOf}
        onChange={setBy}
      />
      <TextField
        isCompact
        label={t("figures.how")}
        rows={3}
        maxLength={LONGEST}
        value={said.how}
        error={shown("how")}
        onChange={say("how")}
      />
    </FormDialog>
  );
}
