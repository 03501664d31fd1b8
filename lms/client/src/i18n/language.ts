/** Which language the screens and the answers are in. The cookie tells Django the same. */

export const LANGUAGES = ["ja", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each in its own words. */
export const LANGUAGE_NAMES: Record<Language, string> = { ja: "日本語", en: "English" };

const STORAGE_KEY = "language";
const ONE_YEAR = 365 * 24 * 60 * 60;

let current: Language = "ja";

export function currentLanguage(): Language {
  return current;
}

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** The language chosen last time on this computer; Japanese when none was. */
export function rememberedLanguage(): Language {
  const stored = localStorage.getItem(STORAGE_KEY);
  return isLanguage(stored) ? stored : "ja";
}

export function rememberLanguage(language: Language): void {
  current = language;
  localStorage.setItem(STORAGE_KEY, language);
  document.cookie = `django_language=${language}; path=/; max-age=${ONE_YEAR}; samesite=lax`;
  document.documentElement.lang = language;
}
