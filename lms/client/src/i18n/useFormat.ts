import { useTranslation } from "react-i18next";

import { longDate, moment, timeSpan } from "./dates";
import { isLanguage, type Language } from "./language";

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return isLanguage(i18n.language) ? i18n.language : "ja";
}

/** Dates and numbers as the chosen language writes them. */
export function useFormat() {
  const language = useLanguage();
  return {
    date: (value: string) => longDate(value, language),
    dateTime: (value: string) => moment(value, language),
    timeSpan: (from: string, to: string) => timeSpan(from, to, language),
    /** A fraction as a percentage. */
    percent: (fraction: number, digits = 0) =>
      new Intl.NumberFormat(language, {
        style: "percent",
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(fraction),
    /** With as many decimals as `digits`, or at most one where it is left out. */
    number: (value: number, digits?: number) =>
      new Intl.NumberFormat(language, {
        minimumFractionDigits: digits ?? 0,
        maximumFractionDigits: digits ?? 1,
      }).format(value),
  };
}
