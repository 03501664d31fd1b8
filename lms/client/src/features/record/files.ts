/** Where the files of the record are. */

export const RECORD_CSV = "/api/v1/learning/record/?format=csv";
export const CALENDAR_FILE = "/api/v1/learning/calendar.ics";

export type SheetLanguage = "ja" | "en";

export const pdfAddress = (uuid: string, language: SheetLanguage): string =>
  `/api/v1/certificates/${encodeURIComponent(uuid)}/pdf/?language=${language}`;

export const badgeAddress = (uuid: string): string =>
  `/api/v1/certificates/${encodeURIComponent(uuid)}/badge/`;

export const verifyAddress = (code: string): string => `/verify/${encodeURIComponent(code)}`;
