from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import MinutesField, UtcDateTimeField
from api.v1.outputs import CourseLink, Progress, Titled
from lms.enrolment.paths.selectors import MyPath, Node, State

STATES = [
    (State.DONE.value, _("finished, or a course that counts as it")),
    (State.RUNNING.value, _("begun")),
    (State.OPEN.value, _("can be begun")),
    (State.LOCKED.value, _("waits for other courses")),
    (State.CLOSED.value, _("not meant for me")),
]


class PathRow(serializers.Serializer[Any]):
    """A learning path of mine. What is optional, or not meant for me, is not counted."""

    key = serializers.CharField(source="path.key")
    title = serializers.CharField(source="path.title")
    summary = serializers.CharField(source="path.summary", allow_blank=True)
    progress = Progress(source="*", help_text=_("Courses of the path."))
    minutes_left = MinutesField(source="left", help_text=_("Planned learning time that is left."))
    next = serializers.SerializerMethodField(help_text=_("The course to go on with."))

    @extend_schema_field(Titled(allow_null=True))
    def get_next(self, row: MyPath) -> dict[str, Any] | None:
        return Titled(row.next.course).data if row.next else None


class PathNode(serializers.Serializer[Any]):
    """A course of the path.

    `stage` counts from 0: so many courses of the path come before it, one after another.
    `locked_by` are courses to finish first; they need not be in the path.
    """

    course = CourseLink()
    stage = serializers.IntegerField(min_value=0)
    state = serializers.ChoiceField(STATES)
    is_optional = serializers.BooleanField()
    locked_by = Titled(many=True)
    is_mandatory = serializers.SerializerMethodField()
    due_on = serializers.DateField(source="item.due_on", allow_null=True)
    is_overdue = serializers.SerializerMethodField()
    progress = serializers.SerializerMethodField()
    completed_at = UtcDateTimeField(source="item.completed_at", allow_null=True)
    next_lesson_key = serializers.SerializerMethodField()

    def get_is_mandatory(self, row: Node) -> bool:
        return row.item is not None and row.item.is_mandatory

    def get_is_overdue(self, row: Node) -> bool:
        return row.item is not None and row.item.is_overdue

    @extend_schema_field(Progress(allow_null=True))
    def get_progress(self, row: Node) -> dict[str, Any] | None:
        return Progress(row.item).data if row.item else None

    def get_next_lesson_key(self, row: Node) -> str | None:
        lesson = row.item.next_lesson if row.item else None
        return lesson.key if lesson else None


class PathEdge(serializers.Serializer[Any]):
    """`before` is to be finished before `after` begins; both are keys of courses of the path."""

    before = serializers.CharField()
    after = serializers.CharField()


class PathOut(PathRow):
    """A learning path as a graph. `nodes` go by stage, then by the path's own order."""

    nodes = PathNode(many=True)
    edges = serializers.SerializerMethodField()

    @extend_schema_field(PathEdge(many=True))
    def get_edges(self, row: MyPath) -> list[dict[str, str]]:
        return [{"before": before, "after": after} for before, after in row.edges]


class PathPlace(serializers.Serializer[Any]):
    """A path that a course is part of."""

    key = serializers.CharField(source="path.path.key")
    title = serializers.CharField(source="path.path.title")
    progress = Progress(source="path")
    next = serializers.SerializerMethodField(help_text=_("What comes after the course on it."))

    @extend_schema_field(Titled(allow_null=True))
    def get_next(self, row: Any) -> dict[str, Any] | None:
        return Titled(row.next.course).data if row.next else None
