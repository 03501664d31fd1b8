from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import UtcDateTimeField
from api.v1.outputs import Titled
from lms.workshops.models import Registration
from lms.workshops.selectors import SessionItem

# A seat that was given up is none: it is not told.
SEATS = (Registration.State.REGISTERED, Registration.State.WAITING)
ATTENDANCES = (Registration.Attendance.ATTENDED, Registration.Attendance.ABSENT)


class SeatOut(serializers.Serializer[Any]):
    """My seat, or my place on the waiting list. `attendance` null = not recorded."""

    state = serializers.ChoiceField([state.value for state in SEATS], source="mine.state")
    place_in_line = serializers.IntegerField(
        min_value=0, help_text=_("On the waiting list, from 1; 0 = I have a seat.")
    )
    attendance = serializers.SerializerMethodField()

    @extend_schema_field(
        serializers.ChoiceField([mark.value for mark in ATTENDANCES], allow_null=True)
    )
    def get_attendance(self, item: SessionItem) -> str | None:
        return (item.mine.attendance if item.mine else "") or None


class SessionOut(serializers.Serializer[Any]):
    """A time at which a workshop is held. `mine` null = I am not registered.

    `online_url` is told to those who have a seat; empty for others, and where there is none yet.
    """

    uuid = serializers.UUIDField(source="session.uuid")
    starts_at = UtcDateTimeField(source="session.starts_at")
    ends_at = UtcDateTimeField(source="session.ends_at")
    closes_at = UtcDateTimeField(
        source="session.closes_at",
        help_text=_("Until then I can register and cancel by myself."),
    )
    is_open = serializers.BooleanField(help_text=_("Whether I can register or cancel now."))
    place = serializers.CharField(source="session.place", allow_blank=True)
    is_online = serializers.BooleanField(source="session.is_online")
    online_url = serializers.CharField(allow_blank=True)
    instructor = serializers.CharField(source="session.instructor", allow_blank=True)
    note = serializers.CharField(source="session.note", allow_blank=True)
    capacity = serializers.IntegerField(source="session.capacity", min_value=1)
    seats_left = serializers.IntegerField(min_value=0)
    waiting = serializers.IntegerField(min_value=0, help_text=_("How many people wait."))
    cancelled_reason = serializers.CharField(
        source="session.cancelled_reason",
        allow_blank=True,
        help_text=_("Empty = it is held."),
    )
    mine = serializers.SerializerMethodField()

    @extend_schema_field(SeatOut(allow_null=True))
    def get_mine(self, item: SessionItem) -> dict[str, Any] | None:
        return None if item.mine is None else SeatOut(item).data


class MySessionOut(SessionOut):
    """A session of mine, and what it is of. `lesson_key` empty = it stands in no lesson now."""

    course = Titled(source="session.activity.course")
    title = serializers.CharField(source="session.activity.title")
    lesson_key = serializers.SerializerMethodField()

    def get_lesson_key(self, item: SessionItem) -> str:
        lesson = item.session.activity.lesson
        return lesson.key if lesson is not None else ""
