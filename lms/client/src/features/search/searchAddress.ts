/** What is looked for stands in the address, so that a result can be left and come back to. */

const PATH = "/search";
/** As many characters as the API takes. */
export const LONGEST_QUERY = 100;

export type Wanted = { query: string; page: number };

export function wantedOf(search: URLSearchParams): Wanted {
  const page = Math.trunc(Number(search.get("page")));
  return {
    query: (search.get("q") ?? "").trim().slice(0, LONGEST_QUERY),
    page: page >= 1 ? page : 1,
  };
}

export function searchAddress({ query, page }: Wanted): string {
  const search = new URLSearchParams({ q: query.trim() });
  if (page > 1) search.set("page", String(page));
  return `${PATH}?${search.toString()}`;
}
