"""Shapes that several addresses share."""

from typing import Any

from rest_framework import serializers

from api.fields import FractionField, MinutesField


class Titled(serializers.Serializer[Any]):
    """A row that people name by a key; the title is in the reader's language."""

    key = serializers.CharField()
    title = serializers.CharField()


class CourseLink(Titled):
    """Enough of a course to name it and lead to it."""

    minutes = MinutesField(source="duration")


class Progress(serializers.Serializer[Any]):
    """Required activities: how many are done, of how many."""

    done = serializers.IntegerField(min_value=0)
    total = serializers.IntegerField(min_value=0)
    fraction = FractionField()
