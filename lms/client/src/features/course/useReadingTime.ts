import { useEffect, useRef } from "react";

import type { Lesson } from "../../api/contract";
import { lessonInView } from "../player/statements";
import { ReadingTime } from "./readingTime";
import { useSetting } from "./setting";

const LOOK_EVERY = 5_000;
/** So many seconds go into one statement at most, fewer where fewer are needed. */
const PORTION = 60;

/**
 * Tells the server how long a lesson with a minimum time is in view, in portions. Each is queued as it
 * ends, and on leaving, so nothing is lost with the tab. Of other lessons nothing is told.
 */
export function useReadingTime(lesson: Lesson, isEnrolled: boolean): void {
  const { record } = useSetting();
  const { iri, seconds_left: left } = lesson;
  const needed = useRef(left);
  const isCounting = isEnrolled && left !== null;

  useEffect(() => {
    needed.current = left;
  }, [left]);

  useEffect(() => {
    if (!isCounting) return;
    const time = new ReadingTime();
    const look = () => time.see(document.visibilityState === "visible", performance.now() / 1000);
    const tell = () => {
      look();
      const seconds = time.take();
      if (seconds > 0) record(lessonInView(iri, seconds, new Date()));
    };
    const tick = () => {
      look();
      if (time.seconds >= Math.min(PORTION, needed.current ?? PORTION)) tell();
    };
    const onVisibility = () => (document.visibilityState === "hidden" ? tell() : look());

    look();
    const timer = setInterval(tick, LOOK_EVERY);
    document.addEventListener("visibilitychange", onVisibility);
    window.addEventListener("pagehide", tell);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisibility);
      window.removeEventListener("pagehide", tell);
      tell();
    };
  }, [iri, isCounting, record]);
}
