import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { changeLanguage } from "../i18n";
import { LANGUAGE_NAMES, type Language, LANGUAGES } from "../i18n/language";
import { useLanguage } from "../i18n/useFormat";

export function LanguageSwitch() {
  const { t } = useTranslation();
  const chosen = useLanguage();
  const queries = useQueryClient();
  const choose = async (language: Language) => {
    await changeLanguage(language);
    // Titles come in the language of the request. An exercise under way is left as it is.
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "launch" });
  };
  return (
    <div role="group" aria-label={t("nav.language")} className="flex items-center text-sm">
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === chosen}
          onClick={() => void choose(language)}
          className="min-h-9 rounded-4 px-2 text-key-1000 underline underline-offset-4 hover:bg-key-50 aria-pressed:font-bold aria-pressed:text-solid-gray-900 aria-pressed:no-underline"
        >
          {LANGUAGE_NAMES[language]}
        </button>
      ))}
    </div>
  );
}
