import type { Suggestions } from "../../api/contract";
import { Pagination } from "../../components/Pagination";
import { SuggestionCard } from "./SuggestionCard";

type Props = { found: Suggestions; isMine: boolean; onPage: (page: number) => void };

/** One page of somebody's suggestions. */
export function SuggestionPages({ found, isMine, onPage }: Props) {
  return (
    <>
      <ol className="flex flex-col gap-6">
        {found.results.map((suggestion) => (
          <SuggestionCard key={suggestion.project.key} suggestion={suggestion} isMine={isMine} />
        ))}
      </ol>
      {found.pages > 1 && (
        <Pagination page={found.page} pages={found.pages} count={found.count} onPage={onPage} />
      )}
    </>
  );
}
