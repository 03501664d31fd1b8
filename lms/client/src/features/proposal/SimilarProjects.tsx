import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { SimilarProject } from "../../api/contract";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { projectAddress } from "../suggestions/addresses";
import { PROJECT_STATUSES } from "../suggestions/ProjectFacts";
import { similarQuery } from "./queries";
import { useLater } from "./useLater";

const PAUSE = 500;

/** What is like the idea already, found again each time the writer pauses. */
export function SimilarProjects({ text }: { text: string }) {
  const { t } = useTranslation();
  const later = useLater(text, PAUSE);
  const { data, isError } = useQuery(similarQuery(later));
  const found = later === "" ? [] : (data ?? []);
  return (
    <section
      aria-labelledby="similar"
      className="flex flex-col gap-4 rounded-12 border border-solid-gray-420 p-4 lg:sticky lg:top-4 lg:col-start-2! lg:row-span-6 lg:row-start-1"
    >
      <h2 id="similar" className="text-std-18B-160">
        {t("proposal.similar")}
      </h2>
      <p role="status" className="text-dns-16N-130 text-solid-gray-700">
        {isError
          ? t("proposal.similarFailed")
          : later === ""
            ? t("proposal.similarHelp")
            : data === undefined
              ? t("proposal.similarSearching")
              : found.some((row) => row.is_same)
                ? t("proposal.similarSame")
                : found.length === 0
                  ? t("proposal.similarNone")
                  : t("proposal.similarFound", { count: found.length })}
      </p>
      {found.length > 0 && (
        <ul className="flex flex-col divide-y divide-solid-gray-300 border-t border-solid-gray-300">
          {found.map((row) => (
            <Similar key={row.project.key} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Similar({ row }: { row: SimilarProject }) {
  const { t } = useTranslation();
  const { project } = row;
  return (
    <li className="flex flex-col gap-2 py-3 text-dns-16N-130">
      <span className="flex flex-wrap items-center gap-2">
        <Tag tone="neutral">{t(PROJECT_STATUSES[project.status])}</Tag>
        {row.is_same && <Tag tone="warning">{t("proposal.maybeSame")}</Tag>}
      </span>
      <Link
        to={projectAddress(project.key)}
        target="_blank"
        className="link"
        aria-label={t("proposal.opensNewTab", { title: project.title })}
      >
        {project.title}
      </Link>
      <Result row={row} />
    </li>
  );
}

/** What it saves, as far as anything is known: measured, else expected, else the source's figures. */
function Result({ row }: { row: SimilarProject }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { measured, forecast } = row.benefit;
  const { baseline } = row.project;
  const text =
    measured !== null
      ? t("proposal.measured", { before: number(measured.before), after: number(measured.after) })
      : forecast !== null
        ? t("proposal.forecast", { before: number(forecast.before), after: number(forecast.after) })
        : typeof baseline?.before === "number" && typeof baseline.after === "number"
          ? t("proposal.baseline", {
              metric: baseline.metric,
              before: number(baseline.before),
              after: number(baseline.after),
              unit: baseline.unit,
            })
          : t("proposal.noResult");
  return <span className="text-solid-gray-700">{text}</span>;
}
