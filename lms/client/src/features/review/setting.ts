/** The learner's screens with the draft behind them: whoever has the token, and nothing recorded. */

import type { CourseSetting } from "../course/setting";
import { BesideBlock, BesideCourse, BesideLessonTitle } from "./CommentsBeside";
import { draftExerciseQuery, draftLaunchQuery, gradeByDraft } from "./queries";

export function reviewSetting(token: string): CourseSetting {
  const address = `/review/${encodeURIComponent(token)}`;
  return {
    courseAddress: () => address,
    lessonAddress: (_course, lesson) => `${address}/lessons/${encodeURIComponent(lesson)}`,
    launch: (_course, activity) => draftLaunchQuery(token, activity),
    exercise: (_course, activity) => draftExerciseQuery(token, activity),
    handIn: (_course, activity, file) => gradeByDraft(token, activity, file),
    record: () => undefined,
    home: null,
    besideBlock: BesideBlock,
    besideCourse: BesideCourse,
    besideLessonTitle: BesideLessonTitle,
  };
}
