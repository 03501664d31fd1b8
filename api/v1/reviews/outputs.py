from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from wagtail.admin.utils import get_user_display_name

from api.fields import UtcDateTimeField
from api.v1.courses.outputs import CourseOut
from api.v1.reviews.detail import STATUSES, ReviewState
from courses.authoring.review.comments import Thread


class ReviewerOut(serializers.Serializer[Any]):
    """Who holds the link. `is_guest`: without an account."""

    name = serializers.CharField()
    is_guest = serializers.BooleanField()


class ObjectionOut(serializers.Serializer[Any]):
    """Why the holder of the link may not decide; `code` is stable."""

    code = serializers.CharField()
    message = serializers.CharField()


class ReviewStateOut(serializers.Serializer[Any]):
    """Where the review of a course stands, for the holder of the link."""

    reviewer = ReviewerOut(source="link")
    expires_at = UtcDateTimeField(source="link.expires_at")
    language = serializers.CharField(source="link.language")
    status = serializers.ChoiceField(STATUSES)
    may_decide = serializers.BooleanField()
    objection = ObjectionOut(allow_null=True)
    submitted_by = serializers.SerializerMethodField()
    submitted_at = UtcDateTimeField(allow_null=True)
    note = serializers.CharField(allow_blank=True, help_text=_("The author's, on what changed."))
    decision_comment = serializers.CharField(allow_blank=True)
    approvals_given = serializers.IntegerField(min_value=0)
    approvals_needed = serializers.IntegerField(min_value=1)
    version = serializers.IntegerField(
        min_value=0, help_text=_("What learners have now; 0 = nothing yet.")
    )
    drafted_at = UtcDateTimeField(allow_null=True)

    def get_submitted_by(self, state: ReviewState) -> str:
        return get_user_display_name(state.submitted_by) if state.submitted_by else ""


class ReviewOut(ReviewStateOut):
    """A course as drafted, as a learner who has not begun would see it, and its review."""

    course = serializers.SerializerMethodField()

    @extend_schema_field(CourseOut)
    def get_course(self, state: ReviewState) -> Any:
        return CourseOut(self.context["course"]).data


class ReplyOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    author = serializers.SerializerMethodField()
    created_at = UtcDateTimeField()
    text = serializers.CharField()

    def get_author(self, row: Any) -> str:
        return str(get_user_display_name(row.user))


class CommentOut(serializers.Serializer[Any]):
    """A comment with its replies. `block_id` empty = on the lesson, or its block is gone."""

    id = serializers.IntegerField(source="comment.id")
    lesson_key = serializers.CharField(source="lesson", allow_blank=True)
    block_id = serializers.CharField(source="block", allow_blank=True)
    author = serializers.SerializerMethodField()
    created_at = UtcDateTimeField(source="comment.created_at")
    text = serializers.CharField(source="comment.text")
    resolved = serializers.SerializerMethodField()
    replies = ReplyOut(many=True)

    def get_author(self, thread: Thread) -> str:
        return str(get_user_display_name(thread.comment.user))

    def get_resolved(self, thread: Thread) -> bool:
        return thread.comment.resolved_at is not None
