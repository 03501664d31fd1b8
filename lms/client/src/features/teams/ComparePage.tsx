import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import type { Composition, TeamDifference, TeamPerson } from "../../api/contract";
import { statusOf } from "../../api/errors";
import { NotFoundPage } from "../../app/NotFoundPage";
import { Breadcrumbs } from "../../components/Breadcrumbs";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { compositionAddress, TEAMS } from "./addresses";
import { comparedQuery, compositionQuery } from "./queries";
import { StateTag } from "./StateTag";

/** Two compositions side by side: what each is, and what differs project by project. */
export function ComparePage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const [a, b] = [search.get("a") ?? "", search.get("b") ?? ""];
  const first = useQuery({ ...compositionQuery(a), enabled: a !== "" });
  const second = useQuery({ ...compositionQuery(b), enabled: b !== "" });
  const { data, error, refetch } = useQuery(comparedQuery(a, b));
  if (a === "" || b === "" || statusOf(error) === 404) return <NotFoundPage />;
  return (
    <>
      <Breadcrumbs trail={[{ title: t("teams.title"), to: TEAMS }, { title: t("teams.compare.title") }]} />
      <PageHeading title={t("teams.compare.title")} />
      <div className="grid gap-4 md:grid-cols-2">
        <Head letter="A" composition={first.data} />
        <Head letter="B" composition={second.data} />
      </div>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={3} />
      ) : data.projects.length === 0 ? (
        <EmptyState>{t("teams.compare.nothing")}</EmptyState>
      ) : (
        data.projects.map((row) => <Difference key={row.project.key} row={row} />)
      )}
    </>
  );
}

function Head({ letter, composition }: { letter: string; composition: Composition | undefined }) {
  const { t } = useTranslation();
  const { dateTime } = useFormat();
  return (
    <section
      aria-label={t("teams.compare.plan", { letter })}
      className="flex flex-col gap-2 rounded-12 border border-solid-gray-420 p-4"
    >
      <h2 className="text-std-18B-160">{t("teams.compare.plan", { letter })}</h2>
      {composition !== undefined && (
        <>
          <p className="flex flex-wrap items-center gap-3">
            <StateTag row={composition.request} gap={composition.gap} />
            {composition.score !== null && composition.teams.length > 0 && (
              <span className="tabular-nums">
                {t("teams.standing.points", { count: composition.score })}
              </span>
            )}
            {composition.request.adopted_at !== null && (
              <Tag tone="success">{t("teams.adopted")}</Tag>
            )}
          </p>
          <p>
            <Link className="link" to={compositionAddress(composition.request.uuid)}>
              {t("teams.compare.askedOn", { date: dateTime(composition.request.asked_at) })}
            </Link>
          </p>
        </>
      )}
    </section>
  );
}

function Difference({ row }: { row: TeamDifference }) {
  const { t } = useTranslation();
  const isSame = row.only_first.length === 0 && row.only_second.length === 0;
  const numbers = [
    { name: t("teams.compare.points"), pair: row.score },
    { name: t("teams.compare.covered", { count: row.needs }), pair: row.covered },
    { name: t("teams.compare.lessons"), pair: row.lessons },
    { name: t("teams.compare.hours"), pair: row.hours },
  ];
  const head = "border-b-2 border-solid-gray-420 bg-solid-gray-50 px-3 py-2 text-dns-14B-130";
  const line = "border-b border-solid-gray-300";
  const cell = "px-3 py-3 align-top";
  return (
    <section aria-label={row.project.title} className="flex flex-col gap-3">
      <h2 className="flex flex-wrap items-center gap-3 text-std-20B-150">
        {row.project.title}
        {isSame && <Tag tone="neutral">{t("teams.compare.same")}</Tag>}
      </h2>
      <table className="w-full table-fixed border-collapse text-left">
        <caption className="sr-only">{t("teams.compare.caption", { title: row.project.title })}</caption>
        <thead>
          <tr>
            <td className={`${head} w-1/4`} />
            {["A", "B"].map((letter) => (
              <th key={letter} scope="col" className={head}>
                {t("teams.compare.plan", { letter })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className={line}>
            <th scope="row" className={`${cell} text-dns-14B-130`}>
              {t("teams.compare.different")}
            </th>
            <td className={cell}>
              <People people={row.only_first} />
            </td>
            <td className={cell}>
              <People people={row.only_second} />
            </td>
          </tr>
          <tr className={line}>
            <th scope="row" className={`${cell} text-dns-14B-130`}>
              {t("teams.compare.both")}
            </th>
            <td colSpan={2} className={cell}>
              <People people={row.both} />
            </td>
          </tr>
          {numbers.map(({ name, pair }) => (
            <tr key={name} className={line}>
              <th scope="row" className={`${cell} text-dns-14B-130`}>
                {name}
              </th>
              {pair.map((value, place) => (
                <td
                  key={place === 0 ? "first" : "second"}
                  className={`${cell} tabular-nums ${pair[0] === pair[1] ? "" : "font-bold"}`}
                >
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function People({ people }: { people: TeamPerson[] }) {
  const { t } = useTranslation();
  if (people.length === 0) return <span className="text-solid-gray-700">{t("teams.compare.nobody")}</span>;
  return (
    <ul className="flex flex-col gap-1">
      {people.map((person) => (
        <li key={person.staff_number}>
          <span className="font-bold">{person.name}</span>{" "}
          <span className="text-dns-14N-130 text-solid-gray-700">{person.section}</span>
        </li>
      ))}
    </ul>
  );
}
