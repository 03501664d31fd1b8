import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Pagination } from "../../components/Pagination";
import { Loading } from "../../components/Skeleton";
import { useFormat } from "../../i18n/useFormat";
import { CardTable, CELL, ROW } from "../coverage/CardTable";
import { MySkillsNav } from "./MySkillsNav";
import { looksQuery } from "./queries";

const HEADS = ["looks.when", "looks.who", "looks.why", "looks.data"] as const;
const LABELLED =
  "max-md:flex max-md:gap-3 max-md:before:w-20 max-md:before:shrink-0 max-md:before:text-dns-14N-130 max-md:before:text-solid-gray-700 max-md:before:content-[attr(data-label)]";

/** Who looked at my skills, when, why and at what. */
export function LooksPage() {
  const { t } = useTranslation();
  const { dateTime } = useFormat();
  const [search, setSearch] = useSearchParams();
  const page = Math.max(1, Number(search.get("page")) || 1);
  const { data, error, refetch, isPlaceholderData } = useQuery(looksQuery(page));
  return (
    <>
      <PageHeading title={t("looks.title")}>
        <p className="max-w-3xl">{t("looks.intro")}</p>
      </PageHeading>
      <MySkillsNav />
      <div className="flex max-w-3xl flex-col gap-2 rounded-12 bg-solid-gray-50 p-4 md:p-6">
        <h2 className="text-std-18B-160">{t("looks.purpose")}</h2>
        <ul className="flex list-disc flex-col gap-1 pl-6">
          <li>{t("looks.purposeUse")}</li>
          <li>{t("looks.purposeWho")}</li>
          <li>{t("looks.purposeLog")}</li>
          <li>{t("looks.purposeAsk")}</li>
        </ul>
      </div>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={5} />
      ) : data.results.length === 0 ? (
        <EmptyState>{t("looks.empty")}</EmptyState>
      ) : (
        <div className={`flex flex-col gap-4 ${isPlaceholderData ? "opacity-50" : ""}`} aria-busy={isPlaceholderData}>
          <p role="status">{t("looks.count", { count: data.count })}</p>
          <CardTable caption={t("looks.title")} heads={HEADS.map((head) => t(head))}>
            {data.results.map((look, place) => {
              const cells = [look.who, look.why, look.data];
              return (
                <tr key={place} className={ROW}>
                  <th scope="row" className={`${CELL} font-normal whitespace-nowrap tabular-nums max-md:font-bold`}>
                    <time dateTime={look.seen_at}>{dateTime(look.seen_at)}</time>
                  </th>
                  {cells.map((text, column) => (
                    <td key={column} className={`${CELL} ${LABELLED}`} data-label={t(HEADS[column + 1] ?? "looks.data")}>
                      <span>
                        {column === 0 ? <span className="font-bold">{text}</span> : text}
                        {column === 0 && look.post !== "" && (
                          <span className="block text-dns-14N-130 text-solid-gray-700">{look.post}</span>
                        )}
                      </span>
                    </td>
                  ))}
                </tr>
              );
            })}
          </CardTable>
          {data.pages > 1 && (
            <Pagination
              page={data.page}
              pages={data.pages}
              count={data.count}
              onPage={(to) => setSearch({ page: String(to) })}
            />
          )}
        </div>
      )}
    </>
  );
}
