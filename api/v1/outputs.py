"""Shapes that several addresses share."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import FractionField, MinutesField
from lms.enrolment.selectors import LearningItem


class Titled(serializers.Serializer[Any]):
    """A row that people name by a key; the title is in the reader's language."""

    key = serializers.CharField()
    title = serializers.CharField()


class CourseLink(Titled):
    """Enough of a course to name it and lead to it."""

    minutes = MinutesField(source="duration")


class Progress(serializers.Serializer[Any]):
    """Required activities of a `LearningItem`: how many are done, of how many."""

    done = serializers.IntegerField(min_value=0)
    total = serializers.IntegerField(min_value=0)
    fraction = serializers.SerializerMethodField()

    @extend_schema_field(FractionField())
    def get_fraction(self, item: LearningItem) -> float:
        return item.done / item.total if item.total else 0.0
