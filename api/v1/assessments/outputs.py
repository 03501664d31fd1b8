from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import LevelField, UtcDateTimeField
from api.v1.outputs import Titled
from api.v1.skills.outputs import CompetencyOut, DayField, ScaleStepOut
from skills_matrix.assessments.models import Assessment
from skills_matrix.campaigns.models import CampaignTask, Settlement
from skills_matrix.corrections.models import Correction
from skills_matrix.reports.looks import name_of
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


class OwnPartOut(serializers.Serializer[Any]):
    """My own part: how many of the levels asked for I have filled in, and when I handed it in."""

    answered = serializers.IntegerField(min_value=0)
    asked = serializers.IntegerField(min_value=0)
    done_at = UtcDateTimeField(allow_null=True)


class CampaignRow(serializers.Serializer[Any]):
    """A campaign that has begun: my own part, and the people's whom I assess.

    `own` null = I am not asked; `section` null = I head nobody who is.
    """

    campaign = CampaignOut()
    is_open = serializers.BooleanField()
    own = OwnPartOut(allow_null=True)
    section = CampaignProgressOut(allow_null=True)
    may_calibrate = serializers.BooleanField(
        help_text=_("I may see where self-assessments and assessments differ.")
    )
    departments = Titled(many=True, help_text=_("By which I may narrow the differences."))


class CampaignsOut(serializers.Serializer[Any]):
    campaigns = CampaignRow(many=True)


class QuestionOut(serializers.Serializer[Any]):
    """One skill to judge.

    `handed_in`, `self_level` (what the person handed in), `official_level` and `target` are null
    until this form is handed in: they are not to sway what is filled in.
    """

    competency = CompetencyOut()
    steps = ScaleStepOut(many=True)
    level = LevelField(allow_null=True, help_text=_("What is filled in on this form."))
    handed_in = LevelField(allow_null=True, help_text=_("By whoever fills in this form."))
    self_level = LevelField(allow_null=True)
    official_level = LevelField(allow_null=True)
    target = LevelField(allow_null=True)


class FormOut(serializers.Serializer[Any]):
    campaign = CampaignOut()
    person = serializers.CharField()
    is_open = serializers.BooleanField(help_text=_("It can be filled in today."))
    questions = QuestionOut(many=True)
    done_at = UtcDateTimeField(allow_null=True)


class TeamRow(serializers.Serializer[Any]):
    """Somebody I assess. `is_begun`: I have filled something in."""

    staff_number = serializers.CharField(source="employee.staff_number")
    name = serializers.CharField(source="employee.name")
    self_done_at = UtcDateTimeField(allow_null=True)
    head_done_at = UtcDateTimeField(allow_null=True)
    is_begun = serializers.SerializerMethodField()

    def get_is_begun(self, task: CampaignTask) -> bool:
        return bool(task.head_draft)


class SettlementOut(serializers.Serializer[Any]):
    """What was agreed on. `is_changed`: the level was changed by it."""

    level = LevelField()
    reason = serializers.CharField(allow_blank=True)
    is_changed = serializers.SerializerMethodField()
    by = serializers.SerializerMethodField()
    at = UtcDateTimeField(source="settled_at")

    def get_is_changed(self, row: Settlement) -> bool:
        return row.judgement_id is not None

    def get_by(self, row: Settlement) -> str:
        return name_of(row.settled_by)


class DifferenceOut(serializers.Serializer[Any]):
    """A skill that both have judged; `by` = the head's level less the person's own."""

    staff_number = serializers.CharField(source="employee.staff_number")
    name = serializers.CharField(source="employee.name")
    department = Titled(allow_null=True)
    competency = Titled()
    self_level = LevelField()
    head_level = LevelField()
    by = serializers.IntegerField()
    settlement = SettlementOut(allow_null=True)
    is_mine = serializers.BooleanField(help_text=_("I may note what was agreed on."))


class CorrectionOut(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    competency = Titled()
    level = LevelField(source="wanted_level", allow_null=True, help_text=_("What it should be."))
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
