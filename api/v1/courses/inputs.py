from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.parameters import PageParameters
from courses.models import Course


class CourseParameters(PageParameters):
    search = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=100,
        help_text=_("Words that all stand in the key, the title or the summary."),
    )


def courses_found(courses: QuerySet[Course], asked: Mapping[str, Any]) -> QuerySet[Course]:
    for word in asked["search"].split():
        courses = courses.filter(
            Q(key__icontains=word)
            | Q(title_ja__icontains=word)
            | Q(title_en__icontains=word)
            | Q(summary_ja__icontains=word)
            | Q(summary_en__icontains=word)
        )
    return courses
