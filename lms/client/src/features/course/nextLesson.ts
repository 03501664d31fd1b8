import type { Course, Lesson } from "../../api/contract";

/** The lesson to go on with: the first that is not done, or the first of all. */
export function nextLesson(course: Course): Lesson | undefined {
  return course.lessons.find((lesson) => !lesson.done) ?? course.lessons[0];
}

/** The lesson that follows `key` in the course, done or not. */
export function lessonAfter(course: Course, key: string): Lesson | undefined {
  const place = course.lessons.findIndex((lesson) => lesson.key === key);
  return place < 0 ? undefined : course.lessons[place + 1];
}
