import type { Activity, Course, Lesson, TestOut } from "../../api/contract";

/** The activities of a lesson that are still to be done. */
export function openActivities(lesson: Lesson): Activity[] {
  return lesson.activities.filter((activity) => !activity.done);
}

/** What must be passed in a lesson and is not yet. */
export function openGraded(lesson: Lesson): Activity[] {
  return openActivities(lesson).filter((activity) => activity.is_graded);
}

/** What of the activities is attended; all else is an exercise. */
export function workshopsOf(lesson: Lesson): Activity[] {
  return lesson.activities.filter(({ key }) => isWorkshop(lesson, key));
}

export function exercisesOf(lesson: Lesson): Activity[] {
  return lesson.activities.filter(({ key }) => !isWorkshop(lesson, key));
}

function isWorkshop(lesson: Lesson, key: string): boolean {
  return lesson.blocks.some((block) => block.type === "workshop" && block.activity_key === key);
}

/** Done, and every activity done; `lesson.done` alone says that it was read. */
export function isFinished(lesson: Lesson): boolean {
  return lesson.granted || (lesson.done && openActivities(lesson).length === 0);
}

export function isTestOut(lesson: Lesson): boolean {
  return lesson.completion === "test_out";
}

/** The lessons that one learns from: all but the test-out. */
export function learnedLessons(course: Course): Lesson[] {
  return course.lessons.filter((lesson) => !isTestOut(lesson));
}

/** The lesson to go on with: the first that is not finished, or the first of all. */
export function nextLesson(course: Course): Lesson | undefined {
  const lessons = learnedLessons(course);
  return lessons.find((lesson) => !isFinished(lesson)) ?? lessons[0];
}

export type LessonGroup = { module: string; first: number; lessons: Lesson[] };

/** The lessons by the module they stand in, in order; `first` is the number of the group's first. */
export function lessonGroups(lessons: Lesson[]): LessonGroup[] {
  const groups: LessonGroup[] = [];
  lessons.forEach((lesson, index) => {
    const last = groups.at(-1);
    if (last?.module === lesson.module) last.lessons.push(lesson);
    else groups.push({ module: lesson.module, first: index + 1, lessons: [lesson] });
  });
  return groups;
}

/** The lesson that follows `key` in the course, finished or not; what was granted is passed over. */
export function lessonAfter(course: Course, key: string): Lesson | undefined {
  const place = course.lessons.findIndex((lesson) => lesson.key === key);
  if (place < 0) return undefined;
  return course.lessons.slice(place + 1).find((lesson) => !lesson.granted && !isTestOut(lesson));
}

export type TestState = "open" | "begun" | "tried";

/** How far somebody is with the test-out of a course. */
export function testState(test: TestOut): TestState {
  if (test.tried >= test.questions) return "tried";
  return test.tried > 0 ? "begun" : "open";
}
