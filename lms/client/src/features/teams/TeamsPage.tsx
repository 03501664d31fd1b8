import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";

import type { CompositionRow } from "../../api/contract";
import { Button, ButtonLink } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Pagination } from "../../components/Pagination";
import { Loading } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { CardTable, CELL, ROW } from "../coverage/CardTable";
import { ProjectsNav } from "../projects/ProjectsNav";
import { compareAddress, composeAddress, compositionAddress } from "./addresses";
import { compositionsQuery } from "./queries";
import { StateTag } from "./StateTag";

const HEADS = [
  "teams.list.choose",
  "teams.list.what",
  "teams.list.state",
  "teams.list.asked",
  "teams.list.adopted",
] as const;
const TWO = 2;
const NAMED = 3;

/** What teams were asked for, newest first; two of them can be put side by side. */
export function TeamsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const page = Math.max(1, Number(search.get("page")) || 1);
  const { data, error, refetch } = useQuery(compositionsQuery(page));
  const [marked, setMarked] = useState<string[]>([]);
  const mark = (uuid: string, isOn: boolean) =>
    setMarked(isOn ? [...marked, uuid].slice(-TWO) : marked.filter((one) => one !== uuid));
  const [first, second] = marked;
  return (
    <>
      <PageHeading title={t("teams.title")}>
        <p className="max-w-3xl">{t("teams.intro")}</p>
      </PageHeading>
      <ProjectsNav />
      <div className="flex flex-wrap items-center gap-3">
        <ButtonLink to={composeAddress()}>{t("teams.new")}</ButtonLink>
        {data !== undefined && data.count > 1 && (
          <Button
            variant="outline"
            disabled={second === undefined}
            onClick={() =>
              first !== undefined && second !== undefined && void navigate(compareAddress(first, second))
            }
          >
            {t("teams.list.compare")}
          </Button>
        )}
      </div>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={3} />
      ) : data.count === 0 ? (
        <EmptyState>{t("teams.list.empty")}</EmptyState>
      ) : (
        <CardTable caption={t("teams.title")} heads={HEADS.map((head) => t(head))}>
          {data.results.map((row) => (
            <Line
              key={row.uuid}
              row={row}
              isMarked={marked.includes(row.uuid)}
              onMark={(isOn) => mark(row.uuid, isOn)}
            />
          ))}
        </CardTable>
      )}
      {data !== undefined && data.pages > 1 && (
        <Pagination
          page={data.page}
          pages={data.pages}
          count={data.count}
          onPage={(wanted) => setSearch({ page: String(wanted) })}
        />
      )}
    </>
  );
}

type LineProps = { row: CompositionRow; isMarked: boolean; onMark: (isOn: boolean) => void };

function Line({ row, isMarked, onMark }: LineProps) {
  const { t } = useTranslation();
  const { dateTime } = useFormat();
  const titles = row.projects.slice(0, NAMED).map(({ title }) => title);
  const more = row.projects.length - titles.length;
  const name = t(more > 0 ? "teams.list.andMore" : "teams.list.projects", {
    titles: titles.join(t("common.comma")),
    count: more,
  });
  return (
    <tr className={ROW}>
      <td className={`${CELL} md:w-16`}>
        <input
          type="checkbox"
          checked={isMarked}
          aria-label={t("teams.list.mark", { name, date: dateTime(row.asked_at) })}
          onChange={(event) => onMark(event.target.checked)}
          className="size-5 accent-key-900"
        />
      </td>
      <th scope="row" className={`${CELL} font-normal`}>
        <Link to={compositionAddress(row.uuid)} className="link">
          {name}
        </Link>
      </th>
      <td className={CELL}>
        <StateTag row={row} />
      </td>
      <td className={CELL}>
        <span className="block">{dateTime(row.asked_at)}</span>
        <span className="block text-dns-14N-130 text-solid-gray-700">{row.asked_by}</span>
      </td>
      <td className={CELL}>
        {row.adopted_at === null ? (
          <span className="text-solid-gray-700">{t("teams.list.notAdopted")}</span>
        ) : (
          <Tag tone="success">{t("teams.adopted")}</Tag>
        )}
      </td>
    </tr>
  );
}
