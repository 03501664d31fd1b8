import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import type { MentorPair } from "../../api/contract";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { Pagination } from "../../components/Pagination";
import { Loading } from "../../components/Skeleton";
import { Tag } from "../../components/Tag";
import { useFormat } from "../../i18n/useFormat";
import { CardTable, CELL, ROW } from "../coverage/CardTable";
import { allPairsQuery } from "./queries";

const PAIR_HEADS = [
  "mentoring.office.mentor",
  "mentoring.office.learner",
  "mentoring.office.skills",
  "mentoring.office.state",
  "mentoring.office.minutes",
] as const;

/** How the pairs there are stand; what their sessions were about is theirs alone. */
export function AllPairs() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const page = Math.max(1, Number(search.get("page")) || 1);
  const { data, error, refetch } = useQuery(allPairsQuery(page));
  return (
    <section aria-labelledby="mentoring-all" className="flex flex-col gap-4">
      <h2 id="mentoring-all" className="text-std-22B-150">
        {t("mentoring.office.all")}
      </h2>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={2} />
      ) : data.count === 0 ? (
        <EmptyState>{t("mentoring.office.noPairs")}</EmptyState>
      ) : (
        <CardTable caption={t("mentoring.office.all")} heads={PAIR_HEADS.map((head) => t(head))}>
          {data.results.map((pair) => (
            <PairLine key={pair.uuid} pair={pair} />
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
    </section>
  );
}

const ANSWERS = { true: "mentoring.office.yes", false: "mentoring.office.no", null: "mentoring.office.notYet" } as const;

function PairLine({ pair }: { pair: MentorPair }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const said = (agrees: boolean | null) => t(ANSWERS[`${agrees}`]);
  return (
    <tr className={ROW}>
      <th scope="row" className={`${CELL} font-normal`}>
        <span className="block font-bold">{pair.mentor.name}</span>
        <span className="block text-dns-14N-130 text-solid-gray-700">{said(pair.mentor_agrees)}</span>
      </th>
      <td className={CELL}>
        <span className="block font-bold">{pair.learner.name}</span>
        <span className="block text-dns-14N-130 text-solid-gray-700">{said(pair.learner_agrees)}</span>
      </td>
      <td className={CELL}>
        <ul>
          {pair.skills.map(({ competency, level }) => (
            <li key={competency.key}>{t("mentoring.pair.skill", { title: competency.title, level })}</li>
          ))}
        </ul>
      </td>
      <td className={CELL}>
        <Tag tone={pair.state === "agreed" ? "success" : pair.state === "proposed" ? "warning" : "neutral"}>
          {pair.state_title}
        </Tag>
        <span className="block pt-1 text-dns-14N-130 text-solid-gray-700">
          {t("mentoring.pair.proposed", { date: date(pair.proposed_at) })}
        </span>
        {pair.decline_reason !== "" && (
          <span className="block text-dns-14N-130">
            {t("mentoring.pair.reason", { reason: pair.decline_reason })}
          </span>
        )}
      </td>
      <td className={`${CELL} tabular-nums`}>
        {t("mentoring.session.minutes", { count: pair.minutes })}
      </td>
    </tr>
  );
}
