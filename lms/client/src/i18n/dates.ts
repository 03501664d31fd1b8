/** Days are the office's days: whatever the computer thinks, it is the date in Tokyo. */

import type { Language } from "./language";

const OFFICE_ZONE = "Asia/Tokyo";
const DAY = 24 * 60 * 60 * 1000;
const LOCALES: Record<Language, string> = { ja: "ja-JP", en: "en-GB" };

/** YYYY-MM-DD of the given moment in Tokyo. */
export function officeDay(moment: Date): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: OFFICE_ZONE }).format(moment);
}

/** Whole days from one YYYY-MM-DD to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** A date, or a moment shown as its date in Tokyo: 2026年11月30日 / 30 November 2026. */
export function longDate(value: string, language: Language): string {
  const isDay = value.length === 10;
  return new Intl.DateTimeFormat(LOCALES[language], {
    dateStyle: "long",
    timeZone: isDay ? "UTC" : OFFICE_ZONE,
  }).format(new Date(isDay ? `${value}T00:00:00Z` : value));
}

/** A moment with its time of day in Tokyo: 2026/11/30 14:05 / 30/11/2026, 14:05. */
export function moment(value: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: OFFICE_ZONE,
  }).format(new Date(value));
}

/** From when to when in Tokyo, with the weekday: 2026年12月1日(火) 13:30～17:00. */
export function timeSpan(from: string, to: string, language: Language): string {
  const day = (value: string) =>
    new Intl.DateTimeFormat(LOCALES[language], {
      year: "numeric",
      month: "long",
      day: "numeric",
      weekday: "short",
      timeZone: OFFICE_ZONE,
    }).format(new Date(value));
  const hour = (value: string) =>
    new Intl.DateTimeFormat(LOCALES[language], {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZone: OFFICE_ZONE,
    }).format(new Date(value));
  const end = day(from) === day(to) ? hour(to) : `${day(to)} ${hour(to)}`;
  return `${day(from)} ${hour(from)}${language === "ja" ? "～" : "–"}${end}`;
}

export type DueState = { kind: "overdue" | "today" | "soon" | "later"; days: number };

const SOON = 7;

/** How pressing a due date is; `days` is how many are left, or by how many it was missed. */
export function dueState(dueOn: string, today: string): DueState {
  const days = daysBetween(today, dueOn);
  if (days < 0) return { kind: "overdue", days: -days };
  if (days === 0) return { kind: "today", days };
  return { kind: days <= SOON ? "soon" : "later", days };
}

/** The month of a day counted from 1970-01-01: 2025年6月 / June 2025. */
export function monthOfDay(day: number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    year: "numeric",
    month: "long",
    timeZone: "UTC",
  }).format(new Date(day * DAY));
}
