from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import LevelField, UtcDateTimeField
from api.v1.outputs import Titled
from api.v1.skills.outputs import CompetencyOut, DayField, ScaleStepOut
from skills_matrix.assessments.models import Assessment
from skills_matrix.corrections.models import Correction
from skills_matrix.reports.trend import LevelCount, LevelStep


class CampaignOut(Titled):
    fiscal_year = serializers.IntegerField()
    opens_on = serializers.DateField()
    due_on = serializers.DateField(help_text="The last day.")
    asks_head = serializers.BooleanField()


class CampaignProgressOut(serializers.Serializer[Any]):
    people = serializers.IntegerField()
    self_done = serializers.IntegerField()
    head_done = serializers.IntegerField()


class CampaignRow(serializers.Serializer[Any]):
    """A campaign that is open: my own part, and my section's if I head one."""

    campaign = CampaignOut()
    is_asked = serializers.BooleanField()
    self_done_at = UtcDateTimeField(allow_null=True)
    section = CampaignProgressOut(allow_null=True)


class CampaignsOut(serializers.Serializer[Any]):
    campaigns = CampaignRow(many=True)


class QuestionOut(serializers.Serializer[Any]):
    """One skill to judge. Targets are not told here."""

    competency = CompetencyOut()
    steps = ScaleStepOut(many=True)
    level = LevelField(allow_null=True)
    self_level = LevelField(
        allow_null=True, help_text="Of a head's form, once the own judgement is handed in."
    )


class FormOut(serializers.Serializer[Any]):
    campaign = CampaignOut()
    person = serializers.CharField()
    questions = QuestionOut(many=True)
    done_at = UtcDateTimeField(allow_null=True)


class TeamRow(serializers.Serializer[Any]):
    staff_number = serializers.CharField(source="employee.staff_number")
    name = serializers.CharField(source="employee.name")
    self_done_at = UtcDateTimeField(allow_null=True)
    head_done_at = UtcDateTimeField(allow_null=True)


class DifferenceOut(serializers.Serializer[Any]):
    """A skill that both have judged; `by` = the head's level less the person's own."""

    staff_number = serializers.CharField(source="employee.staff_number")
    name = serializers.CharField(source="employee.name")
    competency = Titled()
    self_level = LevelField()
    head_level = LevelField()
    by = serializers.IntegerField()


class CorrectionOut(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    competency = Titled()
    text = serializers.CharField()
    state = serializers.ChoiceField(Correction.State.choices)
    state_title = serializers.CharField(source="get_state_display")
    answer = serializers.CharField(allow_blank=True)
    created_at = UtcDateTimeField()
    answered_at = UtcDateTimeField(allow_null=True)


class CorrectionsOut(serializers.Serializer[Any]):
    corrections = CorrectionOut(many=True)


class LookOut(serializers.Serializer[Any]):
    """Who looked at my skills, when and why. `post` empty = an account without one."""

    who = serializers.CharField()
    post = serializers.CharField(allow_blank=True)
    why = serializers.CharField()
    data = serializers.CharField()  # type: ignore[assignment]
    seen_at = UtcDateTimeField()


class TrendGroup(serializers.Serializer[Any]):
    group = Titled()
    mean_level = serializers.FloatField()


class TrendPointOut(serializers.Serializer[Any]):
    """Levels at the end of a day: `levels[n]` = how many competencies at level n."""

    on = serializers.DateField()
    levels = serializers.SerializerMethodField()
    groups = TrendGroup(many=True)

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_levels(self, point: Any) -> list[int]:
        return list(point.levels.values())


class LevelStepOut(serializers.Serializer[Any]):
    """One change of one level, and what is behind it. `is_end`: that ended, rather than came.

    `before` null = none until then; `after` null = none is left.
    """

    on = DayField(source="at")
    competency = CompetencyOut()
    before = LevelField(allow_null=True)
    after = LevelField(allow_null=True)
    kind = serializers.ChoiceField([("course", "course"), *Assessment.Kind.choices])
    title = serializers.CharField()
    course_key = serializers.SerializerMethodField()
    is_end = serializers.BooleanField()

    def get_course_key(self, step: LevelStep) -> str | None:
        return step.course.key if step.course else None


class LevelCountOut(serializers.Serializer[Any]):
    """At the end of a day: `levels[n]` = how many competencies at level n."""

    on = serializers.DateField()
    levels = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_levels(self, count: LevelCount) -> list[int]:
        return list(count.levels.values())


class TrendOut(serializers.Serializer[Any]):
    """`points` by the rules of their days; `steps` (latest first) and `counts` by today's."""

    points = TrendPointOut(many=True)
    steps = LevelStepOut(many=True)
    counts = LevelCountOut(many=True)
