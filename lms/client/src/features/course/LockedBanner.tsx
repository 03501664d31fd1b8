import { useTranslation } from "react-i18next";

import type { Course } from "../../api/contract";
import { Banner } from "../../components/Banner";
import { LockedBy } from "./LockedBy";

/** Other courses come first: which, and the way to them. */
export function LockedBanner({ course }: { course: Course }) {
  const { t } = useTranslation();
  if (course.locked_by.length === 0) return null;
  return (
    <Banner tone="info" title={t("course.lockedTitle")}>
      <p>{t("course.lockedText")}</p>
      <LockedBy courses={course.locked_by} />
    </Banner>
  );
}
