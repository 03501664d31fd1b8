import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Course } from "../../api/contract";
import { courseQuery, enrol } from "../../api/queries";
import { announce } from "../../components/announcements";
import { useFormat } from "../../i18n/useFormat";

/** The course as the server sees it now; says aloud when its progress has moved. */
export function useCourse(key: string) {
  const query = useQuery(courseQuery(key));
  useProgressAnnouncement(query.data);
  return query;
}

function useProgressAnnouncement(course: Course | undefined): void {
  const { t } = useTranslation();
  const { percent } = useFormat();
  const known = useRef<{ key: string; fraction: number } | null>(null);

  useEffect(() => {
    if (course === undefined) return;
    const before = known.current;
    const { fraction } = course.progress;
    known.current = { key: course.key, fraction };
    if (before?.key !== course.key || before.fraction === fraction) return;
    announce(
      course.completed_at === null
        ? t("progress.moved", { share: percent(fraction) })
        : t("progress.completed", { title: course.title }),
    );
  });
}

/** Opening a lesson is taking the course: enrols once when the learner is not enrolled yet. */
export function useEnrolment(course: Course | undefined) {
  const queries = useQueryClient();
  const { mutate, isIdle, error, reset } = useMutation({
    mutationFn: enrol,
    onSuccess: (enrolment, key) => {
      queries.setQueryData(courseQuery(key).queryKey, (old) => old && { ...old, enrolment });
      void queries.invalidateQueries({ queryKey: ["learning"] });
    },
  });
  const isLocked = course !== undefined && course.locked_by.length > 0;
  const missing = course?.enrolment === null && !isLocked ? course.key : null;

  useEffect(() => {
    if (missing !== null && isIdle) mutate(missing);
  }, [missing, isIdle, mutate]);

  return { isEnrolled: course !== undefined && !isLocked && missing === null, error, retry: reset };
}
