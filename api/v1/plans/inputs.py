from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from api.parameters import QueryParameters
from api.v1.projects.shown import project_seen_by
from lms.people.calendar import office_today
from lms.people.models import Role
from skills_matrix.exceptions import UnknownFilterValue
from skills_matrix.projects.models import MOST_HOURS, Project
from skills_matrix.reports.plan import plannable_roles

DEFAULT_HOURS = 2


class PlanParameters(QueryParameters):
    """Either a project or a role; by when, and with how many hours a week."""

    project = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=64,
        help_text=gettext_lazy("Key of the project to prepare for."),
    )
    role = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=64,
        help_text=gettext_lazy("Key of the role to prepare for."),
    )
    before = serializers.DateField(
        required=False, help_text=gettext_lazy("The last day to be done by; left out: none.")
    )
    hours_per_week = serializers.IntegerField(
        default=DEFAULT_HOURS,
        min_value=1,
        max_value=MOST_HOURS,
        help_text=gettext_lazy("Hours of learning a week."),
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if bool(attrs["project"]) == bool(attrs["role"]):
            raise serializers.ValidationError(
                {"project": _("Name a project or a role, and not both.")}
            )
        if attrs.get("before", office_today()) < office_today():
            raise serializers.ValidationError({"before": _("This day is over.")})
        return attrs


def plan_asked(viewer: Any, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the report is asked for.

    Raises:
        NotFound: no such project, or not for this viewer.
        UnknownFilterValue: no targets are set for such a role.
    """
    aim: Project | Role | None
    if asked["project"]:
        aim = project_seen_by(viewer, asked["project"])
    else:
        aim = plannable_roles(office_today()).filter(key=asked["role"]).first()
        if aim is None:
            raise UnknownFilterValue(_("Nothing is asked of such a role."), place="role")
    return {
        "aim": aim,
        "before": asked.get("before"),
        "hours_per_week": asked["hours_per_week"],
    }
