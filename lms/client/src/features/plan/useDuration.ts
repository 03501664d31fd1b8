import { useTranslation } from "react-i18next";

const HOUR = 60;

/** Minutes in words: 90 = 1時間30分. */
export function useDuration(): (minutes: number) => string {
  const { t } = useTranslation();
  return (all) => {
    const [hours, minutes] = [Math.floor(all / HOUR), all % HOUR];
    if (hours === 0) return t("plan.duration.minutes", { minutes });
    if (minutes === 0) return t("plan.duration.hours", { hours });
    return t("plan.duration.both", { hours, minutes });
  };
}
