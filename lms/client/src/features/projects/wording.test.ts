import { expect, it } from "vitest";

import { missingWords, trimmed } from "./wording";

const WORDS = { title_ja: "窓口案内", title_en: "", summary_ja: "【いまの作業】\n紙。", summary_en: "" };

it("English may be left out, Japanese may not", () => {
  expect(missingWords(WORDS)).toEqual(new Set());
  expect(missingWords({ ...WORDS, title_ja: "　", summary_ja: "\n" })).toEqual(
    new Set(["title_ja", "summary_ja"]),
  );
});

it("lines within a text stay, blanks around it go", () => {
  expect(trimmed({ ...WORDS, title_en: " Counter ", summary_ja: "紙。\n\n電話。\n" })).toEqual({
    ...WORDS,
    title_en: "Counter",
    summary_ja: "紙。\n\n電話。",
  });
});
