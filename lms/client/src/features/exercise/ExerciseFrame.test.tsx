import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import i18next from "i18next";
import { renderToStaticMarkup } from "react-dom/server";
import { initReactI18next } from "react-i18next";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import type { Activity, DataExercise, Grade } from "../../api/contract";
import ja from "../../i18n/ja.json";
import { SettingContext } from "../course/setting";
import { reviewSetting } from "../review/setting";
import { ExerciseFrame } from "./ExerciseFrame";
import { ReportView } from "./ReportView";

const TOKEN = "review_a/b";
const EXERCISE: DataExercise = {
  key: "X1",
  title: "表を整える",
  iri: "urn:uuid:1",
  instructions: "表を整えてください。",
  file: { name: "messy.csv", size_bytes: 100, url: "/api/v1/reviews/t/exercises/X1/file/" },
  formats: ["csv"],
  max_bytes: 1000,
  pass_mark: 1,
  columns: [],
  rules: [],
  attempt_count: 0,
  attempts: [],
};
const ACTIVITY = { key: "X1", title: "表を整える", pass_mark: 1, best_score: null, done: false } as Activity;
const RULE = { code: "dates", title: "日付", why: "機械は", weight: 1, is_critical: false };
const GRADE: Grade = {
  score: 0.5,
  is_passed: false,
  faults: 1,
  is_capped: false,
  rows: 2,
  rules: [
    {
      ...RULE,
      checked: 2,
      failed: 1,
      findings: [
        {
          fault: "date_era",
          line: 2,
          column: "開催日",
          cell: "B2",
          value: "令和４年",
          hint: "2022-10-19",
          what: "日付が和暦で書かれています。",
          fix: "「2022-10-19」と書いてください。",
        },
      ],
    },
  ],
};

beforeAll(async () => {
  await i18next
    .use(initReactI18next)
    .init({ lng: "ja", resources: { ja: { translation: ja } } });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a data exercise in a review", () => {
  const setting = reviewSetting(TOKEN);

  it("offers the file to download and takes a file to grade, as for a learner", () => {
    const queries = new QueryClient();
    queries.setQueryData(setting.exercise("C1", "X1").queryKey, EXERCISE);
    const html = renderToStaticMarkup(
      <QueryClientProvider client={queries}>
        <SettingContext value={setting}>
          <ExerciseFrame courseKey="C1" activity={ACTIVITY} number={1} />
        </SettingContext>
      </QueryClientProvider>,
    );
    expect(html).toContain('href="/api/v1/reviews/t/exercises/X1/file/"');
    expect(html).toContain('type="file"');
    expect(html).toContain("ファイルを選ぶ");
  });

  it("sends the file to the review and nowhere else", async () => {
    const fetched = vi.fn<(address: string, init: RequestInit) => Promise<Response>>(() =>
      Promise.resolve(new Response(JSON.stringify(GRADE))),
    );
    vi.stubGlobal("fetch", fetched);
    vi.stubGlobal("document", { cookie: "", documentElement: { lang: "ja" } });
    const file = new File(["a"], "表.csv");
    expect(await setting.handIn("C1", "X1", file)).toEqual(GRADE);
    expect(fetched).toHaveBeenCalledOnce();
    const [address, init] = fetched.mock.calls[0] ?? [];
    expect(address).toBe("/api/v1/reviews/review_a%2Fb/exercises/X1/grade/");
    expect(init?.method).toBe("POST");
    expect((init?.body as FormData).get("file")).toEqual(file);
  });

  it("tells row by row what was found", () => {
    const html = renderToStaticMarkup(
      <ReportView grade={GRADE} number={2} passMark={1} isFresh={false} />,
    );
    for (const said of ["2回目の結果", "2行目", "令和４年", "日付が和暦で書かれています。"]) {
      expect(html).toContain(said);
    }
  });
});
