from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.fields import MinutesField, UtcDateTimeField
from api.v1.outputs import Progress, Titled
from lms.enrolment.models import Enrolment
from lms.enrolment.selectors import LearningItem

ELIGIBLE = "eligible"
SOURCES = [*Enrolment.Source.choices, (ELIGIBLE, _("meant for me, not begun"))]


class CourseHead(Titled):
    summary = serializers.CharField()
    minutes = MinutesField(source="duration")
    iri = serializers.CharField()


class LearningRow(serializers.Serializer[Any]):
    """One course of mine."""

    course = CourseHead()
    source = serializers.SerializerMethodField()
    is_mandatory = serializers.BooleanField()
    due_on = serializers.DateField(allow_null=True)
    is_overdue = serializers.BooleanField()
    progress = serializers.SerializerMethodField()
    started_at = UtcDateTimeField(allow_null=True)
    completed_at = UtcDateTimeField(allow_null=True)
    next_lesson_key = serializers.SerializerMethodField()
