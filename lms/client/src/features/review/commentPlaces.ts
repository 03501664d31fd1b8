import type { ReviewComment } from "../../api/contract";
import type { Place } from "./queries";

/** The comments on one place, those still open first; each in the order it was written. */
export function commentsOn(comments: ReviewComment[], place: Place): ReviewComment[] {
  const here = comments.filter(
    ({ lesson_key, block_id }) => lesson_key === place.lesson_key && block_id === place.block_id,
  );
  return [...here.filter(({ resolved }) => !resolved), ...here.filter(({ resolved }) => resolved)];
}

/** How many comments of a lesson, with all its blocks, are still open. */
export function openCount(comments: ReviewComment[], lesson: string): number {
  return comments.filter(({ lesson_key, resolved }) => lesson_key === lesson && !resolved).length;
}

/** The list with one comment as it is now: changed, or new at the end. */
export function withComment(comments: ReviewComment[], changed: ReviewComment): ReviewComment[] {
  return comments.some(({ id }) => id === changed.id)
    ? comments.map((comment) => (comment.id === changed.id ? changed : comment))
    : [...comments, changed];
}
