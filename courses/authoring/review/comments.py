"""Comments of a review: Wagtail's own, on the lesson pages, so that authors meet them there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.mail import send_notification
from wagtail.blocks import StructBlock
from wagtail.models import Comment, CommentReply, PageSubscription

from courses.authoring.drafts import CourseDraft
from courses.authoring.review.exceptions import UnknownPlace

BODY = "body"
# Where a comment on a page as a whole hangs in Wagtail's editor.
WHOLE_PAGE = "title"


@dataclass(frozen=True)
class Thread:
    """One row per comment. `lesson` "" = on the course; `block` "" = on the page as a whole,
    or on a block that is no longer there."""

    comment: Comment
    lesson: str
    block: str
    replies: tuple[CommentReply, ...]


def threads(draft: CourseDraft) -> list[Thread]:
    """Every comment on the course, oldest first, resolved ones too."""
    places = {draft.page.pk: ("", frozenset[str]())}
    for row in draft.lessons:
        places[row.page.pk] = (row.lesson.key, frozenset(_blocks(row.page)))
    found = []
    comments = _comments(places).select_related("user").prefetch_related("replies__user")
    for comment in comments.order_by("created_at", "pk"):
        lesson, blocks = places[comment.page_id]
        block = _block_of(comment.contentpath)
        replies = sorted(comment.replies.all(), key=lambda reply: (reply.created_at, reply.pk))
        found.append(Thread(comment, lesson, block if block in blocks else "", tuple(replies)))
    return found


@transaction.atomic
def add_comment(*, draft: CourseDraft, by: Any, lesson: str, block: str, text: str) -> Comment:
    """Comment on a lesson or one of its blocks, or on the course (`lesson` "").

    Raises:
        UnknownPlace: the draft has no such lesson or block.
    """
    page = _page(draft, lesson)
    comment = Comment.objects.create(
        page_id=page.pk,
        user=by,
        text=text,
        contentpath=_contentpath(page, block) if block else WHOLE_PAGE,
        revision_created=page.latest_revision,
    )
    comment.log_create(page_revision=page.latest_revision, user=by)
    _tell(comment, by=by, new_comments=[comment])
    return comment


@transaction.atomic
def add_reply(*, draft: CourseDraft, by: Any, comment_id: int, text: str) -> CommentReply:
    """Raises:
    UnknownPlace: no such comment on the course.
    """
    comment = _comment(draft, comment_id)
    reply = CommentReply.objects.create(comment=comment, user=by, text=text)
    reply.log_create(user=by)
    _tell(comment, by=by, replied_comments=[{"comment": comment, "replies": [reply]}])
    return reply


@transaction.atomic
def resolve_comment(*, draft: CourseDraft, by: Any, comment_id: int, resolved: bool) -> Comment:
    """Settle a comment, or open it again.

    Raises:
        UnknownPlace: no such comment on the course.
    """
    comment = _comment(draft, comment_id)
    if (comment.resolved_at is not None) == resolved:
        return comment
    comment.resolved_at = timezone.now() if resolved else None
    comment.resolved_by = by if resolved else None
    comment.save()
    if resolved:
        comment.log_resolve(user=by)
        _tell(comment, by=by, resolved_comments=[comment])
    return comment


def _comments(places: Iterable[int]) -> QuerySet[Any]:
    found: QuerySet[Any] = Comment.objects.filter(page__in=list(places))
    return found


def _comment(draft: CourseDraft, comment_id: int) -> Comment:
    comment = _comments(page.pk for page in draft.pages).filter(pk=comment_id).first()
    if comment is None:
        raise UnknownPlace(_("There is no such comment on this course."))
    return comment


def _page(draft: CourseDraft, lesson: str) -> Any:
    if lesson == "":
        return draft.page
    for row in draft.lessons:
        if row.lesson.key == lesson:
            return row.page
    raise UnknownPlace(_("The course has no such lesson."), place="lesson")


def _blocks(page: Any) -> dict[str, Any]:
    """Block id -> the kind of block, of a lesson as drafted."""
    kinds = page.body.stream_block.child_blocks
    return {item["id"]: kinds[item["type"]] for item in page.body.raw_data}


def _contentpath(page: Any, block: str) -> str:
    """Wagtail's address of a block: its editor hangs comments on fields, so one on a group of
    fields stands at the first of them."""
    kind = _blocks(page).get(block) if hasattr(page, BODY) else None
    if kind is None:
        raise UnknownPlace(_("The lesson has no such block."), place="block")
    path = f"{BODY}.{block}"
    if isinstance(kind, StructBlock):
        path += f".{next(iter(kind.child_blocks))}"
    return path


def _block_of(contentpath: str) -> str:
    field, _dot, rest = contentpath.partition(".")
    return rest.partition(".")[0] if field == BODY else ""


def _tell(comment: Comment, *, by: Any, **changes: Any) -> None:
    """Wagtail's e-mail about comments, to those who asked for it on the page."""
    subscriptions = PageSubscription.objects.filter(
        page=comment.page_id, comment_notifications=True
    ).exclude(user=by)
    recipients = [row.user for row in subscriptions.select_related("user")]
    nothing: dict[str, list[Any]] = {
        "new_comments": [],
        "resolved_comments": [],
        "deleted_comments": [],
        "replied_comments": [],
    }
    send_notification(
        recipients,
        "updated_comments",
        {"page": comment.page.specific, "editor": by} | nothing | changes,
    )
