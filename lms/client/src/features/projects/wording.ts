import type { ProjectWords } from "../../api/contract";

/** As far as a proposal may go, too. */
export const LONGEST = { title: 200, summary: 4000 } as const;

/** Japanese is always there, as in a proposal; English may be left out. */
export function missingWords(words: ProjectWords): Set<keyof ProjectWords> {
  return new Set((["title_ja", "summary_ja"] as const).filter((name) => words[name].trim() === ""));
}

/** As they are sent. */
export function trimmed(words: ProjectWords): ProjectWords {
  return {
    title_ja: words.title_ja.trim(),
    title_en: words.title_en.trim(),
    summary_ja: words.summary_ja.trim(),
    summary_en: words.summary_en.trim(),
  };
}
