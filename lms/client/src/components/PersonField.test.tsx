import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import i18next from "i18next";
import { renderToStaticMarkup } from "react-dom/server";
import { initReactI18next } from "react-i18next";
import { beforeAll, expect, it } from "vitest";

import ja from "../i18n/ja.json";
import { PersonField } from "./PersonField";
import { PersonSearch } from "./PersonSearch";

const SAKURADA = { staff_number: "001001", name: "桜田 一葉", section: "窓口係" };
type One = typeof SAKURADA;

const query = (search: string) => ({
  queryKey: ["people", search],
  queryFn: () => Promise.resolve({ people: [SAKURADA], is_cut: false }),
});

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: "ja", resources: { ja: { translation: ja } } });
});

function shown(child: React.ReactNode, queries = new QueryClient()): string {
  return renderToStaticMarkup(
    <QueryClientProvider client={queries}>{child}</QueryClientProvider>,
  );
}

const field = (value: One | null) =>
  shown(
    <PersonField
      label="測定した職員"
      value={value}
      query={query}
      posting={(one: One) => one.section}
      onChange={() => undefined}
    />,
  );

it("nobody has to be chosen, and whoever is chosen can be taken back", () => {
  expect(field(null)).toContain("職員を探す");
  expect(field(null)).not.toContain("取り消す");
  expect(field(SAKURADA)).toContain("桜田 一葉 窓口係");
  expect(field(SAKURADA)).toMatch(/選び直す.*取り消す/);
});

it.each([
  [false, "1人見つかりました。"],
  [true, "先頭の1人を表示しています。"],
])("says how many were found, and whether there are more (%s)", (isCut, text) => {
  const queries = new QueryClient();
  queries.setQueryData(["people", ""], { people: [SAKURADA], is_cut: isCut });
  const html = shown(
    <PersonSearch
      label="検索"
      query={query}
      posting={(one: One) => one.section}
      actions={(one) => <i>{`${one.name}を選ぶ`}</i>}
    />,
    queries,
  );
  expect(html).toContain(text);
  expect(html).toContain("窓口係 001001");
  expect(html).toContain("桜田 一葉を選ぶ");
});
