from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import LevelField
from api.v1.outputs import CourseLink, Titled
from skills_matrix.projects.models import Project


class PlanAimOut(Titled):
    """What the plan leads to."""

    kind = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(["project", "role"]))
    def get_kind(self, row: Any) -> str:
        return "project" if isinstance(row, Project) else "role"


class PlanGoalOut(serializers.Serializer[Any]):
    """A level asked for. `reached`: with the plan's courses.

    `state`: held already, closed by courses, or left. Of what is left, work in `project` would
    show it, `by_mentor`: so would sessions with a mentor; `otherwise` says who could judge it.
    """

    competency = Titled()
    level = LevelField(allow_null=True)
    needed = LevelField()
    is_must = serializers.BooleanField()
    reached = LevelField()
    state = serializers.ChoiceField(["met", "closes", "left"])
    project = Titled(allow_null=True)
    by_mentor = serializers.BooleanField()
    otherwise = serializers.CharField(allow_blank=True)


class PlanClosesOut(serializers.Serializer[Any]):
    """`before` 0 = no level; `needed` is what is asked for."""

    competency = Titled()
    before = LevelField()
    after = LevelField()
    needed = LevelField()


class PlanStepOut(serializers.Serializer[Any]):
    """One course, in its place. `minutes` are those left to do.

    `why` it stands here: `opens` = others wait for it; `due` = it is due; `must` = it shows what
    cannot be done without; `short` = nothing else decided. `is_again`: finished before.
    """

    course = CourseLink()
    minutes = serializers.IntegerField(min_value=0)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    closes = PlanClosesOut(many=True)
    after = Titled(many=True)
    opens = Titled(many=True)
    why = serializers.ChoiceField(["opens", "due", "must", "short"])
    is_assigned = serializers.BooleanField()
    is_taking = serializers.BooleanField()
    is_again = serializers.BooleanField()
    due_on = serializers.DateField(allow_null=True)


class PlanPartOut(serializers.Serializer[Any]):
    course = Titled()
    minutes = serializers.IntegerField(min_value=0)


class PlanWeekOut(serializers.Serializer[Any]):
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    parts = PlanPartOut(many=True)


class PlanPersonOut(serializers.Serializer[Any]):
    staff_number = serializers.CharField()
    name = serializers.CharField()


class PlanOut(serializers.Serializer[Any]):
    """The fewest hours of courses that close the gaps, in order.

    `ends_on` null = nothing to do. `is_in_time`: that is not after `before`. `hours_needed`: the
    fewest hours a week that would meet `before`; null = there is none, or nothing to do.
    `is_proven`: no other courses take less. `are_targets_hidden`: some are, until the
    self-assessment is handed in.
    """

    person = PlanPersonOut(source="employee")
    aim = PlanAimOut()
    starts_on = serializers.DateField()
    before = serializers.DateField(allow_null=True)
    hours_per_week = serializers.IntegerField()
    goals = PlanGoalOut(many=True)
    steps = PlanStepOut(many=True)
    weeks = PlanWeekOut(many=True)
    minutes = serializers.IntegerField(min_value=0)
    ends_on = serializers.DateField(allow_null=True)
    is_in_time = serializers.BooleanField()
    hours_needed = serializers.IntegerField(allow_null=True)
    is_proven = serializers.BooleanField()
    are_targets_hidden = serializers.BooleanField()


class PlanChoicesOut(serializers.Serializer[Any]):
    """What one can plan for."""

    projects = Titled(many=True)
    roles = Titled(many=True)
