import { useTranslation } from "react-i18next";

const HOUR = 60;
/** From here on minutes say more than anybody needs. */
const HOURS_FROM = 2 * HOUR;

/** Planned learning time that is left of a path. */
export function TimeLeft({ minutes }: { minutes: number }) {
  const { t } = useTranslation();
  return minutes < HOURS_FROM
    ? t("paths.minutesLeft", { count: minutes })
    : t("paths.hoursLeft", { count: Math.round(minutes / HOUR) });
}
