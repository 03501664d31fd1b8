import type { Notice } from "../../api/contract";
import { officeDay } from "../../i18n/dates";

export type DayOfNotices = { day: string; notices: Notice[] };

/** The notices by the office's day on which they came, in the order given. */
export function byDay(notices: Notice[]): DayOfNotices[] {
  const days: DayOfNotices[] = [];
  for (const notice of notices) {
    const day = officeDay(new Date(notice.created_at));
    const last = days.at(-1);
    if (last?.day === day) last.notices.push(notice);
    else days.push({ day, notices: [notice] });
  }
  return days;
}
