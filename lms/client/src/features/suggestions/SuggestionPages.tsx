import type { Suggestions } from "../../api/contract";
import { Pagination } from "../../components/Pagination";
import { SuggestionCard } from "./SuggestionCard";

type Props = {
  found: Suggestions;
  /** Of a member, for head and HR; absent = mine. */
  staffNumber?: string;
  /** What was said no to has no place among the others. */
  isRanked?: boolean;
  onPage: (page: number) => void;
};

/** One page of somebody's suggestions. */
export function SuggestionPages({ found, staffNumber, isRanked = true, onPage }: Props) {
  return (
    <>
      <ol className="flex flex-col gap-6">
        {found.results.map((suggestion) => (
          <SuggestionCard
            key={suggestion.project.key}
            suggestion={suggestion}
            {...(staffNumber !== undefined && { staffNumber })}
            isRanked={isRanked}
          />
        ))}
      </ol>
      {found.pages > 1 && (
        <Pagination page={found.page} pages={found.pages} count={found.count} onPage={onPage} />
      )}
    </>
  );
}
