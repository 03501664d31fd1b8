import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import en from "./en.json";
import ja from "./ja.json";
import { type Language, rememberedLanguage, rememberLanguage } from "./language";

export async function startTranslations(): Promise<void> {
  const language = rememberedLanguage();
  rememberLanguage(language);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "ja",
    resources: { ja: { translation: ja }, en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

export async function changeLanguage(language: Language): Promise<void> {
  rememberLanguage(language);
  await i18next.changeLanguage(language);
}
