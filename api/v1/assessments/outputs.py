from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import LevelField, UtcDateTimeField
from api.v1.outputs import Titled
from api.v1.skills.outputs import CompetencyOut, ScaleStepOut
from skills_matrix.assessments.models import SkillsView
from skills_matrix.assessments.purposes import purpose_of
from skills_matrix.corrections.models import Correction


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
    """Who looked at my skills, when and why."""

    who = serializers.SerializerMethodField()
    why = serializers.SerializerMethodField()
    seen_at = UtcDateTimeField()

    @extend_schema_field(serializers.CharField())
    def get_who(self, row: SkillsView) -> str:
        employee = getattr(row.viewer, "employee", None)
        return str(employee.name if employee else row.viewer.get_full_name() or _("An account"))

    @extend_schema_field(serializers.CharField())
    def get_why(self, row: SkillsView) -> str:
        return purpose_of(row.what)


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


class TrendOut(serializers.Serializer[Any]):
    points = TrendPointOut(many=True)
