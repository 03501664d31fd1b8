import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { JoinablePerson, Project, ProjectMember } from "../../api/contract";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { InputField, SelectField } from "../../components/Field";
import { PersonSearch } from "../../components/PersonSearch";
import { officeDay } from "../../i18n/dates";
import { FormDialog } from "./FormDialog";
import { addMember, peopleOfProjectQuery } from "./queries";
import { useChange } from "./useChange";
import { PART_NAMES, postingOf } from "./words";

type Part = ProjectMember["part"];
const PARTS: Part[] = ["lead", "member", "learner", "mentor"];

type Props = { project: Project; onClose: () => void };

/** First who, then as what, from when and for how many hours. */
export function AddMemberDialog({ project, onClose }: Props) {
  const { t } = useTranslation();
  const [person, setPerson] = useState<JoinablePerson | null>(null);
  if (person !== null) {
    return <Terms project={project} person={person} onClose={onClose} />;
  }
  const present = new Set(
    (project.team.members ?? [])
      .filter((row) => row.left_on === null)
      .map((row) => row.staff_number),
  );
  return (
    <Dialog title={t("projectTeam.add")} onClose={onClose}>
      <PersonSearch
        isNarrow
        label={t("projectTeam.search")}
        query={peopleOfProjectQuery(project.key)}
        posting={postingOf}
        actions={(one) => {
          const isIn = present.has(one.staff_number);
          return (
            <Button
              variant="outline"
              size="sm"
              disabled={isIn}
              aria-label={t(isIn ? "projectTeam.isIn" : "person.pickOf", { name: one.name })}
              onClick={() => setPerson(one)}
            >
              {t(isIn ? "projectTeam.in" : "person.pick")}
            </Button>
          );
        }}
      />
      <div className="flex justify-end">
        <Button variant="outline" onClick={onClose}>
          {t("workshop.back")}
        </Button>
      </div>
    </Dialog>
  );
}

function Terms({ project, person, onClose }: Props & { person: JoinablePerson }) {
  const { t } = useTranslation();
  const present = (project.team.members ?? []).filter((row) => row.left_on === null);
  const [part, setPart] = useState<Part>(
    present.some((row) => row.part === "lead") ? "member" : "lead",
  );
  const [hours, setHours] = useState(project.hours_per_week);
  const [joinedOn, setJoinedOn] = useState(project.starts_on ?? officeDay(new Date()));
  const adding = useChange({
    project: project.key,
    change: () =>
      addMember(project.key, {
        staff_number: person.staff_number,
        part,
        joined_on: joinedOn,
        hours_per_week: hours === project.hours_per_week ? null : hours,
      }),
    done: t("projectTeam.added", { name: person.name }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t("projectTeam.addOf", { name: person.name })}
      submit={t("projectTeam.addIt")}
      isPending={adding.isPending}
      error={adding.error}
      onClose={onClose}
      onSubmit={() => adding.mutate()}
    >
      <p className="text-solid-gray-700">
        {postingOf(person)} {person.staff_number}
      </p>
      <SelectField
        label={t("projectTeam.part")}
        value={part}
        onChange={(event) => setPart(event.target.value as Part)}
      >
        {PARTS.map((one) => (
          <option key={one} value={one}>
            {t(PART_NAMES[one])}
          </option>
        ))}
      </SelectField>
      <div className="grid gap-4 sm:grid-cols-2">
        <InputField
          isCompact
          required
          type="date"
          label={t("projectTeam.joinedOn")}
          value={joinedOn}
          onChange={(event) => setJoinedOn(event.target.value)}
        />
        <InputField
          isCompact
          required
          type="number"
          min={1}
          max={40}
          label={t("projectTeam.hours")}
          value={hours}
          onChange={(event) => setHours(Number(event.target.value))}
        />
      </div>
    </FormDialog>
  );
}
