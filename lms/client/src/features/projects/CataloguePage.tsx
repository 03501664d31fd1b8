import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import type { ProjectTemplate } from "../../api/contract";
import { announce } from "../../components/announcements";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { SelectField } from "../../components/Field";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { BaselineText } from "../suggestions/BaselineText";
import { ProjectFacts } from "../suggestions/ProjectFacts";
import { projectAddress, projectEditAddress } from "./addresses";
import { ProjectsNav } from "./ProjectsNav";
import { beginFrom, templatesQuery } from "./queries";
import { Refusal } from "./Refusal";

/** What any office could run, with what it takes and what it saved elsewhere. */
export function CataloguePage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(templatesQuery);
  const [measure, setMeasure] = useState("");
  const measures = [...new Set(data?.templates.map((row) => row.measure))].sort();
  const shown = data?.templates.filter((row) => measure === "" || row.measure === measure) ?? [];
  return (
    <>
      <PageHeading title={t("catalogue.title")}>
        <p className="max-w-3xl">{t("catalogue.intro")}</p>
      </PageHeading>
      <ProjectsNav />
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={4} />
      ) : (
        <>
          <div className="w-60 max-w-full">
            <SelectField
              label={t("project.measure")}
              value={measure}
              onChange={(event) => setMeasure(event.target.value)}
            >
              <option value="">{t("board.allOf")}</option>
              {measures.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </SelectField>
          </div>
          <p role="status">{t("catalogue.count", { count: shown.length })}</p>
          {shown.length === 0 ? (
            <EmptyState>{t("catalogue.empty")}</EmptyState>
          ) : (
            <ul className="grid gap-6 lg:grid-cols-2">
              {shown.map((template) => (
                <TemplateCard key={template.key} template={template} mayBegin={data.may_begin} />
              ))}
            </ul>
          )}
        </>
      )}
    </>
  );
}

type CardProps = { template: ProjectTemplate; mayBegin: boolean };

function TemplateCard({ template, mayBegin }: CardProps) {
  const { t } = useTranslation();
  const { number, percent } = useFormat();
  const { measured } = template.benefit;
  const id = useId();
  return (
    <li className="flex flex-col gap-4 rounded-12 border border-solid-gray-420 p-4 md:p-6">
      <h2 id={id} className="text-std-20B-150">
        <Link to={projectAddress(template.key)} className="link">
          {template.title}
        </Link>
      </h2>
      <ProjectFacts project={template} />
      <p>{template.summary}</p>
      {template.baseline !== null && <BaselineText baseline={template.baseline} />}
      {measured !== null && (
        <p className="text-dns-16N-130">
          {t("catalogue.result", {
            before: number(measured.before, 0),
            after: number(measured.after, 0),
            saved: number(measured.saved, 0),
            rate: measured.rate === null ? "–" : percent(measured.rate, 1),
          })}
        </p>
      )}
      <p className="text-dns-16N-130">
        {t("catalogue.takes", { places: template.places, hours: template.hours_per_week })}
      </p>
      <div>
        <h3 className="text-std-16B-170">{t("catalogue.needs")}</h3>
        <ul aria-labelledby={id} className="mt-2 flex flex-col gap-1 text-dns-16N-130">
          {template.needs.map(({ competency, level, headcount, is_must: isMust }) => (
            <li key={competency.key} className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span>{competency.title}</span>
              <span className="text-solid-gray-700 tabular-nums">
                {t("catalogue.need", { level, count: headcount })}
              </span>
              {isMust && <Tag tone="error">{t("suggestions.must")}</Tag>}
            </li>
          ))}
        </ul>
      </div>
      {mayBegin && <Begin template={template} />}
    </li>
  );
}

function Begin({ template }: { template: ProjectTemplate }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const beginning = useMutation({
    mutationFn: () => beginFrom(template.key),
    onSuccess: (project) => {
      void queries.invalidateQueries({ queryKey: ["project-board"] });
      announce(t("catalogue.begun"));
      void navigate(projectEditAddress(project.key));
    },
  });
  return (
    <div className="mt-auto flex flex-col items-start gap-3">
      <Refusal error={beginning.error} />
      <Button
        variant="outline"
        aria-label={t("catalogue.beginOf", { title: template.title })}
        disabled={beginning.isPending}
        onClick={() => beginning.mutate()}
      >
        {t("catalogue.begin")}
      </Button>
    </div>
  );
}
