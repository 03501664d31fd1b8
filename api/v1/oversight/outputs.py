from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import UtcDateTimeField
from api.v1.outputs import Progress, Titled
from lms.oversight.reasons import Why
from lms.oversight.texts import reason_text


class OverseenPerson(serializers.Serializer[Any]):
    staff_number = serializers.CharField()
    name = serializers.CharField()
    kana = serializers.CharField()


class LateReasonOut(serializers.Serializer[Any]):
    """Why it is late: a stable code, and the same in words with lesson, date and tries."""

    code = serializers.ChoiceField([item.value for item in Why], source="reason.why")
    text = serializers.SerializerMethodField()

    def get_text(self, duty: Any) -> str:
        return reason_text(duty)


class DutyRow(serializers.Serializer[Any]):
    """One mandatory course of one person I oversee. `reason` null = not late."""

    person = OverseenPerson(source="employee")
    department = Titled()
    course = Titled()
    due_on = serializers.DateField(allow_null=True)
    is_overdue = serializers.BooleanField()
    progress = Progress(source="*")
    started_at = UtcDateTimeField(allow_null=True)
    completed_at = UtcDateTimeField(allow_null=True)
    reason = serializers.SerializerMethodField()

    @extend_schema_field(LateReasonOut(allow_null=True))
    def get_reason(self, duty: Any) -> Any:
        return LateReasonOut(duty).data if duty.reason else None


class NudgeOut(serializers.Serializer[Any]):
    """`is_sent` false: the person was reminded of this course today already."""

    is_sent = serializers.BooleanField()


class OverseenDepartment(Titled):
    depth = serializers.IntegerField(min_value=0, help_text=_("How far below the highest mine."))


class DutyCounts(serializers.Serializer[Any]):
    """Rows by state, and how many people they are of."""

    people = serializers.IntegerField(min_value=0)
    all = serializers.IntegerField(min_value=0)
    overdue = serializers.IntegerField(min_value=0)
    to_do = serializers.IntegerField(min_value=0)
    done = serializers.IntegerField(min_value=0)


class Oversight(serializers.Serializer[Any]):
    """What I oversee: the sums, and what the list can be narrowed by."""

    counts = DutyCounts()
    departments = OverseenDepartment(many=True)
    courses = Titled(many=True)
