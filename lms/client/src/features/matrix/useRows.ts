import { useQueries } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";

import type { Matrix, MatrixPerson, RowsQuery } from "../../api/contract";
import { PAGE_SIZE } from "./matrixSearch";
import { rowsQuery } from "./queries";

/** So long a reader must rest at a place before it is asked for, while flying past others. */
const RESTS = 80;

export type RowAt = (row: number) => MatrixPerson | undefined;

/** The rows of the pages in sight; undefined = still on its way. The first page is in `matrix`. */
export function useRows(matrix: Matrix, query: RowsQuery, inSight: readonly number[]): RowAt {
  const wanted = inSight.filter((page) => page > 1 && page <= matrix.pages).join(" ");
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(wanted), RESTS);
    return () => clearTimeout(timer);
  }, [wanted]);

  const pages = settled === "" ? [] : settled.split(" ").map(Number);
  const found = useQueries({
    queries: pages.map((page) => rowsQuery(query, page)),
    combine: (answers) => answers.map(({ data }) => data?.people),
  });
  return useMemo(() => {
    const byPage = new Map(pages.map((page, n) => [page, found[n]]));
    byPage.set(1, matrix.people);
    return (row) => byPage.get(Math.floor(row / PAGE_SIZE) + 1)?.[row % PAGE_SIZE];
    // `pages` is another array each time, and says no more than `settled`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled, found, matrix]);
}
