from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from api.parameters import PageParameters
from skills_matrix.exceptions import UnknownFilterValue
from skills_matrix.projects.models import Project


class ProjectParameters(PageParameters):
    measure = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=16,
        help_text=gettext_lazy("Key of a measure that a project serves."),
    )
    status = serializers.ChoiceField(
        Project.Status.choices, required=False, help_text=gettext_lazy("How far it is.")
    )


def projects_asked(projects: QuerySet[Project], asked: Mapping[str, Any]) -> QuerySet[Project]:
    """The projects that the filters leave.

    Raises:
        UnknownFilterValue: no project at all serves the measure.
    """
    if asked["measure"]:
        projects = projects.filter(measure=asked["measure"])
        if not projects.exists():
            raise UnknownFilterValue(_("No project serves this measure."), place="measure")
    if "status" in asked:
        projects = projects.filter(status=asked["status"])
    return projects
