import type { Activity, Course, Lesson } from "../../api/contract";

/** The activities of a lesson that are still to be done. */
export function openActivities(lesson: Lesson): Activity[] {
  return lesson.activities.filter((activity) => !activity.done);
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

/** Read, and every activity done; `lesson.done` alone says that it was read. */
export function isFinished(lesson: Lesson): boolean {
  return lesson.done && openActivities(lesson).length === 0;
}

/** The lesson to go on with: the first that is not finished, or the first of all. */
export function nextLesson(course: Course): Lesson | undefined {
  return course.lessons.find((lesson) => !isFinished(lesson)) ?? course.lessons[0];
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

/** The lesson that follows `key` in the course, finished or not. */
export function lessonAfter(course: Course, key: string): Lesson | undefined {
  const place = course.lessons.findIndex((lesson) => lesson.key === key);
  return place < 0 ? undefined : course.lessons[place + 1];
}
