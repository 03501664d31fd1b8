import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import type { ProjectBoard } from "../../api/contract";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHeading } from "../../components/PageHeading";
import { Loading } from "../../components/Skeleton";
import { BoardCard } from "./BoardCard";
import { BoardFilters } from "./BoardFilters";
import { boardQueryOf } from "./boardSearch";
import { ProjectsNav } from "./ProjectsNav";
import { boardQuery } from "./queries";
import { STATUS_NAMES } from "./words";

/** Every project I may see, by how far it is. */
export function BoardPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { data, error, refetch, isPlaceholderData } = useQuery(boardQuery(boardQueryOf(search)));
  return (
    <>
      <PageHeading title={t("board.title")}>
        <p className="max-w-3xl">{t("board.intro")}</p>
      </PageHeading>
      <ProjectsNav />
      {data !== undefined && <BoardFilters board={data} />}
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={4} />
      ) : (
        <div aria-busy={isPlaceholderData} className={isPlaceholderData ? "opacity-50" : ""}>
          <Columns board={data} />
        </div>
      )}
    </>
  );
}

function Columns({ board }: { board: ProjectBoard }) {
  const { t } = useTranslation();
  const count = board.columns.reduce((sum, column) => sum + column.count, 0);
  return (
    <div className="flex flex-col gap-4">
      <p role="status">{t("board.count", { count })}</p>
      {count === 0 ? (
        <EmptyState>{t("board.empty")}</EmptyState>
      ) : (
        <div className="grid gap-x-3 gap-y-8 lg:grid-cols-6">
          {board.columns.map(({ status, count: held, cards }) => (
            <section key={status} aria-labelledby={`board-${status}`} className="flex min-w-0 flex-col gap-3">
              <h2
                id={`board-${status}`}
                className="flex flex-wrap items-baseline justify-between gap-x-2 border-b-4 border-key-900 pb-1 text-std-16B-170"
              >
                {t(STATUS_NAMES[status])}
                <span className="text-dns-14N-130 font-normal tabular-nums">
                  {t("board.held", { count: held })}
                </span>
              </h2>
              {held === 0 ? (
                <p className="text-dns-14N-130 text-solid-gray-700">{t("board.none")}</p>
              ) : (
                <ul className="flex flex-col gap-3">
                  {cards.map((card) => (
                    <BoardCard key={card.key} card={card} />
                  ))}
                </ul>
              )}
              {held > cards.length && (
                <p className="text-dns-14N-130 text-solid-gray-700">
                  {t("board.more", { count: held - cards.length })}
                </p>
              )}
            </section>
          ))}
        </div>
      )}
    </div>
  );
}
