import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import type { Project, ProjectChoices } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { projectQuery } from "../../api/queries";
import { ForbiddenPage } from "../../app/ForbiddenPage";
import { NotFoundPage } from "../../app/NotFoundPage";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { Button, ButtonLink } from "../../components/Button";
import { ErrorState } from "../../components/ErrorState";
import { InputField, SelectField } from "../../components/Field";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { PROJECTS, projectAddress } from "./addresses";
import { type DraftNeed, draftOf, faultOf, needsOf } from "./needs";
import { NeedsEditor } from "./NeedsEditor";
import { changeProject, projectChoicesQuery } from "./queries";
import { Refusal } from "./Refusal";
import { useChange } from "./useChange";

/** Whose work it changes, when, how much of whose time, and the skills it needs. */
export function ProjectEditPage() {
  const { key = "" } = useParams();
  const { data: project, error, refetch } = useQuery(projectQuery(key));
  const choices = useQuery(projectChoicesQuery);
  if (statusOf(error) === 404) return <NotFoundPage />;
  const fault = error ?? choices.error;
  if (fault !== null) {
    return (
      <ErrorState
        error={fault}
        onRetry={() => {
          void refetch();
          void choices.refetch();
        }}
      />
    );
  }
  if (project === undefined || choices.data === undefined) return <Loading />;
  return project.may_edit ? <Form project={project} choices={choices.data} /> : <ForbiddenPage />;
}

function Form({ project, choices }: { project: Project; choices: ProjectChoices }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [said, setSaid] = useState({
    department: project.department?.key ?? "",
    starts: project.starts_on ?? "",
    ends: project.ends_on ?? "",
    hours: String(project.hours_per_week),
    places: String(project.places),
  });
  const [needs, setNeeds] = useState<DraftNeed[]>(() => draftOf(project.needs));
  const [isChecked, setIsChecked] = useState(false);
  const say = (name: keyof typeof said) => (event: { target: { value: string } }) =>
    setSaid((before) => ({ ...before, [name]: event.target.value }));
  const back = projectAddress(project.key);
  const isBackwards = said.starts !== "" && said.ends !== "" && said.ends < said.starts;
  const fault = faultOf(needs);
  const saving = useChange({
    project: project.key,
    change: () =>
      changeProject(project.key, {
        department: said.department === "" ? null : said.department,
        starts_on: said.starts === "" ? null : said.starts,
        ends_on: said.ends === "" ? null : said.ends,
        hours_per_week: Number(said.hours),
        places: Number(said.places),
        needs: needsOf(needs),
      }),
    done: t("projectEdit.saved"),
    onDone: () => void navigate(back),
  });
  return (
    <>
      <Breadcrumbs
        trail={[
          { title: t("board.title"), to: PROJECTS },
          { title: project.title, to: back },
          { title: t("projectPage.edit") },
        ]}
      />
      <PageHeading title={t("projectEdit.title", { title: project.title })} />
      <form
        noValidate
        className="flex max-w-3xl flex-col gap-8"
        onSubmit={(event) => {
          event.preventDefault();
          setIsChecked(true);
          if (!isBackwards && fault === null) saving.mutate();
        }}
      >
        <fieldset className="grid gap-4 sm:grid-cols-2">
          <legend className="mb-3 text-std-20B-150">{t("projectEdit.plan")}</legend>
          <div className="sm:col-span-2">
            <SelectField
              label={t("board.department")}
              value={said.department}
              onChange={say("department")}
            >
              <option value="">{t("projectPage.notSet")}</option>
              {choices.departments.map(({ key, title, depth }) => (
                <option key={key} value={key}>
                  {"\u3000".repeat(depth)}
                  {title}
                </option>
              ))}
            </SelectField>
          </div>
          <InputField
            isCompact
            type="date"
            label={t("projectEdit.starts")}
            value={said.starts}
            onChange={say("starts")}
          />
          <InputField
            isCompact
            type="date"
            label={t("projectEdit.ends")}
            value={said.ends}
            error={isChecked && isBackwards ? t("projectEdit.backwards") : null}
            onChange={say("ends")}
          />
          <InputField
            isCompact
            type="number"
            min={1}
            max={40}
            label={t("projectPage.hours")}
            value={said.hours}
            onChange={say("hours")}
          />
          <InputField
            isCompact
            type="number"
            min={1}
            max={999}
            label={t("projectPage.places")}
            value={said.places}
            onChange={say("places")}
          />
        </fieldset>
        <NeedsEditor
          needs={needs}
          choices={choices.competencies}
          fault={isChecked ? fault : null}
          onChange={setNeeds}
        />
        <Refusal error={saving.error} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" disabled={saving.isPending}>
            {t("projectEdit.save")}
          </Button>
          <ButtonLink to={back} variant="outline">
            {t("workshop.back")}
          </ButtonLink>
        </div>
      </form>
    </>
  );
}
