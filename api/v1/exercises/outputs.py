from typing import Any, Protocol, get_args

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import FractionField, UtcDateTimeField
from courses.exercises.presenting import told_results
from courses.exercises.spec import ColumnType
from courses.models import Activity


class RuleOut(serializers.Serializer[Any]):
    """A rule that counts here. `is_critical`: one breach keeps the pass mark away."""

    code = serializers.CharField()
    title = serializers.CharField()
    why = serializers.CharField()
    weight = serializers.FloatField()
    is_critical = serializers.BooleanField()


class FindingOut(serializers.Serializer[Any]):
    """One breach. `line` 0 = the file as a whole; empty `cell` = no one cell; empty = unknown."""

    fault = serializers.CharField()
    line = serializers.IntegerField(min_value=0, help_text=_("As the learner's program counts."))
    column = serializers.CharField(allow_blank=True)
    cell = serializers.CharField(allow_blank=True)
    value = serializers.CharField(allow_blank=True, help_text=_("As given; long ones shortened."))
    hint = serializers.CharField(allow_blank=True, help_text=_("What to write instead."))
    what = serializers.CharField()
    fix = serializers.CharField(allow_blank=True)


class RuleResultOut(RuleOut):
    """`failed` of `checked` places break the rule; `findings` names the first of them."""

    checked = serializers.IntegerField(min_value=0)
    failed = serializers.IntegerField(min_value=0)
    findings = FindingOut(many=True)


class Graded(Protocol):
    """A file that was graded; `report` is `courses.exercises.report.Report.as_json()`."""

    @property
    def activity(self) -> Activity: ...
    @property
    def score(self) -> float: ...
    @property
    def report(self) -> Any: ...


class ScoreOut(serializers.Serializer[Any]):
    """How a file did. `is_passed` null = not graded."""

    score = FractionField()
    is_passed = serializers.SerializerMethodField()
    faults = serializers.SerializerMethodField()

    def get_is_passed(self, row: Graded) -> bool | None:
        mark = row.activity.pass_mark
        return None if mark is None else row.score >= mark

    @extend_schema_field(serializers.IntegerField(min_value=0))
    def get_faults(self, row: Graded) -> int:
        return sum(item["failed"] for item in row.report["rules"])


class GradeOut(ScoreOut):
    """Everything found in a file. `is_capped`: a critical breach holds the score down."""

    is_capped = serializers.SerializerMethodField()
    rows = serializers.SerializerMethodField()
    rules = serializers.SerializerMethodField()

    def get_is_capped(self, row: Graded) -> bool:
        return bool(row.report["is_capped"])

    @extend_schema_field(serializers.IntegerField(min_value=0))
    def get_rows(self, row: Graded) -> int:
        return int(row.report["rows"])

    @extend_schema_field(RuleResultOut(many=True))
    def get_rules(self, row: Graded) -> list[dict[str, Any]]:
        return list(RuleResultOut(told_results(row.report), many=True).data)


class AttemptRow(ScoreOut):
    """One try of mine."""

    number = serializers.IntegerField(min_value=1)
    at = UtcDateTimeField()
    file_name = serializers.CharField()
    file_size = serializers.IntegerField(min_value=0)


class AttemptOut(GradeOut, AttemptRow):
    """A try with everything that was found."""


class ColumnOut(serializers.Serializer[Any]):
    """A column as it should be; `unit` empty = none."""

    name = serializers.CharField()
    type = serializers.ChoiceField(get_args(ColumnType))
    unit = serializers.CharField(allow_blank=True)
    is_required = serializers.BooleanField()
    is_key = serializers.BooleanField()
    allowed = serializers.ListField(child=serializers.CharField())


class ExerciseFileOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    size_bytes = serializers.IntegerField(min_value=0)
    url = serializers.CharField()


class ExerciseOut(serializers.Serializer[Any]):
    """A data exercise: what to do, with which file, by which rules, and my last tries."""

    key = serializers.CharField()
    title = serializers.CharField()
    iri = serializers.CharField()
    instructions = serializers.CharField(help_text=_("Plain text; lines matter."))
    file = ExerciseFileOut()
    formats = serializers.ListField(child=serializers.ChoiceField(["csv", "xlsx"]))
    max_bytes = serializers.IntegerField(min_value=1)
    pass_mark = FractionField(allow_null=True)
    columns = ColumnOut(many=True)
    rules = RuleOut(many=True)
    attempt_count = serializers.IntegerField(min_value=0)
    attempts = AttemptRow(many=True, help_text=_("The latest, newest first."))
