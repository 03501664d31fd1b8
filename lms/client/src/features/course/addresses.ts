export function courseAddress(course: string): string {
  return `/courses/${encodeURIComponent(course)}`;
}

export function lessonAddress(course: string, lesson: string): string {
  return `${courseAddress(course)}/lessons/${encodeURIComponent(lesson)}`;
}
