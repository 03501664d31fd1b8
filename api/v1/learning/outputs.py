from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import MinutesField, UtcDateTimeField
from api.v1.outputs import Progress, Titled
from lms.enrolment.models import Enrolment
from lms.enrolment.selectors import LearningItem

ELIGIBLE = "eligible"
SOURCES = [*Enrolment.Source.choices, (ELIGIBLE, _("meant for me, not begun"))]


class CourseHead(Titled):
    """What a course is about; `iri` is its xAPI id."""

    summary = serializers.CharField(allow_blank=True)
    minutes = MinutesField(source="duration")
    iri = serializers.CharField()


class LearningRow(serializers.Serializer[Any]):
    """One course of mine. `is_overdue`: the day is past and the course not finished.

    `next_lesson`: where to go on; `next_lesson_key` is its key.
    """

    course = CourseHead()
    source = serializers.SerializerMethodField()  # type: ignore[assignment]
    is_mandatory = serializers.BooleanField()
    due_on = serializers.DateField(allow_null=True)
    is_overdue = serializers.BooleanField()
    progress = Progress(source="*")
    started_at = UtcDateTimeField(allow_null=True)
    last_at = UtcDateTimeField(allow_null=True)
    completed_at = UtcDateTimeField(allow_null=True)
    next_lesson_key = serializers.SerializerMethodField()
    next_lesson = Titled(allow_null=True)
    locked_by = Titled(
        many=True, help_text=_("Courses to finish first, before this one can be begun.")
    )
    granted_lessons = serializers.IntegerField(
        source="granted", help_text=_("How many lessons the test-out of the course granted.")
    )
    test_out_lesson_key = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(SOURCES))
    def get_source(self, item: LearningItem) -> str:
        return item.enrolment.source if item.enrolment else ELIGIBLE

    def get_next_lesson_key(self, item: LearningItem) -> str | None:
        return item.next_lesson.key if item.next_lesson else None

    def get_test_out_lesson_key(self, item: LearningItem) -> str | None:
        return item.test_out_key or None
