from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.fields import MinutesField


class TextPart(serializers.Serializer[Any]):
    """A piece of a text; the pieces in order are what is shown."""

    text = serializers.CharField(trim_whitespace=False)
    is_match = serializers.BooleanField(help_text=_("It is what was looked for."))


class FoundText(serializers.Serializer[Any]):
    language = serializers.CharField(
        allow_blank=True,
        help_text=_("Of the title and the excerpt; empty = the title is in mine."),
    )
    title = TextPart(many=True)
    excerpt = TextPart(
        many=True,
        help_text=_("The line around the first word found; none = not in the text."),
    )


class FoundLessonOut(FoundText):
    """A lesson that holds one of the words."""

    key = serializers.CharField(source="lesson.key")


class FoundCourseOut(FoundText):
    """A course I may take that says all the words."""

    key = serializers.CharField(source="course.key")
    summary = serializers.CharField(source="course.summary", allow_blank=True)
    minutes = MinutesField(source="course.duration")
    lessons = FoundLessonOut(many=True, help_text=_("Those with the most of the words first."))
    more_lessons = serializers.IntegerField(
        min_value=0, help_text=_("How many lessons more hold one of the words.")
    )
