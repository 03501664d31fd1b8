import { expect, it } from "vitest";

import { entriesAddress } from "./addresses";
import { entryQueryOf } from "./entrySearch";

const asked = (query: string) => entryQueryOf(new URLSearchParams(query));

it("without a word the measurements are asked for", () => {
  expect(asked("")).toEqual({ kind: "measured", page: 1, page_size: 50 });
  expect(asked("kind=both&fiscal_year=next&page=0")).toEqual(asked(""));
});

it("the address of a number asks for what it adds up", () => {
  const of = { kind: "forecast", measure: "M08", department: "-" } as const;
  const address = entriesAddress(of);
  expect(asked(address.slice(address.indexOf("?")))).toMatchObject(of);
  expect(asked("fiscal_year=2026")).toMatchObject({ fiscal_year: 2026 });
});
