import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Lesson } from "../../api/contract";
import { ErrorState } from "../../components/ErrorState";
import { Icon } from "../../components/Icon";
import { Tag } from "../../components/Tag";
import type { BlockProps } from "../course/setting";
import { CommentForm, CommentThread } from "./CommentThread";
import { commentsOn, openCount } from "./commentPlaces";
import { useToken } from "./context";
import { commentsQuery, type Place } from "./queries";

/** A block as the learner sees it, and below its edge what reviewers said about it. */
export function BesideBlock({ lesson, block, number, children }: BlockProps) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-2">
      {children}
      <Comments
        place={{ lesson_key: lesson.key, block_id: block.id }}
        name={t("review.blockName", { number })}
      />
    </div>
  );
}

export function LessonComments({ lesson }: { lesson: Lesson }) {
  const { t } = useTranslation();
  return (
    <Comments place={{ lesson_key: lesson.key, block_id: "" }} name={t("review.lessonName")} />
  );
}

export function BesideCourse() {
  const { t } = useTranslation();
  return <Comments place={{ lesson_key: "", block_id: "" }} name={t("review.courseName")} />;
}

/** How many comments of the lesson are still open. */
export function BesideLessonTitle({ lesson }: { lesson: Lesson }) {
  const { t } = useTranslation();
  const { data: comments = [] } = useQuery(commentsQuery(useToken()));
  const count = openCount(comments, lesson.key);
  if (count === 0) return null;
  return (
    <span>
      <Tag tone="warning">{t("review.openComments", { count })}</Tag>
    </span>
  );
}

/** The comments on one place, folded; `name` says which place to those who cannot see it. */
function Comments({ place, name }: { place: Place; name: string }) {
  const { t } = useTranslation();
  const id = useId();
  const { data, error, refetch } = useQuery(commentsQuery(useToken()));
  const comments = commentsOn(data ?? [], place);
  const open = comments.filter(({ resolved }) => !resolved).length;
  // Open comments are there to be read; the reader may fold them all the same.
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isShown = chosen ?? open > 0;

  return (
    <div className="flex flex-col items-end gap-3">
      <button
        type="button"
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setChosen(!isShown)}
        className={`flex min-h-9 items-center gap-2 rounded-6 px-3 text-dns-14B-130 text-key-1000 underline-offset-4 hover:bg-key-50 hover:underline ${open > 0 ? "bg-yellow-50" : ""}`}
      >
        <Icon name="comment" className="size-5" />
        {comments.length === 0
          ? t("review.commentOn", { name })
          : t("review.commentsOn", { name, count: comments.length })}
      </button>
      <div
        id={id}
        hidden={!isShown}
        className="flex w-full flex-col gap-4 rounded-8 border-l-4 border-key-900 bg-solid-gray-50 p-4"
      >
        {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
        {comments.length > 0 && (
          <ul className="flex flex-col gap-4" aria-label={t("review.listOf", { name })}>
            {comments.map((comment) => (
              <CommentThread key={comment.id} comment={comment} />
            ))}
          </ul>
        )}
        <CommentForm place={place} name={name} />
      </div>
    </div>
  );
}
