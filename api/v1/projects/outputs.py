from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import FractionField, LevelField
from api.v1.outputs import CourseLink, Titled
from skills_matrix.projects.models import Project
from skills_matrix.projects.selectors import Baseline, baseline_of
from skills_matrix.reports.suggestions import Suggestion


class BaselineOut(serializers.Serializer[Any]):
    """The office's own figures; null = not known. `saving` = before less after."""

    metric = serializers.CharField(allow_blank=True)
    unit = serializers.CharField(allow_blank=True)
    before = serializers.FloatField(allow_null=True)
    after = serializers.FloatField(allow_null=True)
    total = serializers.FloatField(allow_null=True)
    saving = serializers.FloatField(allow_null=True)
    saving_rate = serializers.FloatField(allow_null=True)
    note = serializers.CharField(allow_blank=True)


class ProjectHead(Titled):
    """What a project is about."""

    summary = serializers.CharField(allow_blank=True)
    measure = serializers.CharField()
    effort = serializers.ChoiceField(Project.Effort.choices)
    baseline = serializers.SerializerMethodField()

    @extend_schema_field(BaselineOut(allow_null=True))
    def get_baseline(self, project: Project) -> dict[str, Any] | None:
        baseline: Baseline | None = baseline_of(project)
        return None if baseline is None else BaselineOut(baseline).data


class ProjectRow(ProjectHead):
    """A project of the office; a template is one that any office could run.

    `hours_per_week` is what each member gives; `places` how many members it takes.
    """

    status = serializers.ChoiceField(Project.Status.choices)
    lead_role = Titled(allow_null=True)
    department = Titled(allow_null=True)
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    hours_per_week = serializers.IntegerField(min_value=1)
    places = serializers.IntegerField(min_value=1)


class NeedOut(serializers.Serializer[Any]):
    """A skill the project needs; a must is one it cannot do without."""

    competency = Titled()
    level = LevelField()
    headcount = serializers.IntegerField(min_value=1)
    is_must = serializers.BooleanField()


class ProjectOut(ProjectRow):
    """A project with the skills it needs."""

    needs = NeedOut(many=True)


class ReasonOut(serializers.Serializer[Any]):
    """One need of the project against me; `text` says it in a sentence."""

    competency = Titled()
    needed = LevelField()
    level = LevelField(allow_null=True)
    is_must = serializers.BooleanField()
    status = serializers.ChoiceField(["met", "one_short", "lacking"])
    closing_course = CourseLink(allow_null=True)
    text = serializers.CharField()


class NeedCounts(serializers.Serializer[Any]):
    met = serializers.IntegerField()
    one_short = serializers.IntegerField()
    lacking = serializers.IntegerField()


class SuggestionOut(serializers.Serializer[Any]):
    """A project that suits me. `is_relevant`: my department or role has to do with it."""

    project = ProjectHead()
    score = FractionField()
    rank = serializers.IntegerField(min_value=1)
    is_relevant = serializers.BooleanField()
    reasons = ReasonOut(many=True)
    counts = serializers.SerializerMethodField()

    @extend_schema_field(NeedCounts)
    def get_counts(self, row: Suggestion) -> dict[str, int]:
        return {status: row.count(status) for status in ("met", "one_short", "lacking")}
