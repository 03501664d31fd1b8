from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.parameters import PageParameters, QueryParameters
from lms.people.calendar import OFFICE_ZONE, office_today

FORMATS = ["json", "csv", "xlsx"]


class AsOfField(serializers.DateField):
    """A day of the office; its value is the last moment of that day, of today the present one."""

    def __init__(self) -> None:
        super().__init__(
            required=False, help_text=_("As it was at the end of that day; left out: now.")
        )

    def to_internal_value(self, data: Any) -> datetime:
        day = super().to_internal_value(data)
        if not date(2000, 1, 1) <= day <= date(2100, 1, 1):
            raise serializers.ValidationError(
                _("Name a day from 2000 to 2100."), code="out_of_range"
            )
        if day == office_today():
            return timezone.now()
        midnight = datetime.combine(day + timedelta(days=1), time.min, OFFICE_ZONE)
        return midnight - timedelta(microseconds=1)


class KeyField(serializers.CharField):
    """A key to narrow by; empty or left out = not narrowed."""

    def __init__(self, help_text: Any) -> None:
        super().__init__(default="", allow_blank=True, max_length=64, help_text=help_text)


class CellParameters(QueryParameters):
    as_of = AsOfField()


class MatrixParameters(PageParameters):
    department = KeyField(_("Key of a department; those below it are included."))
    tier = KeyField(_("Key of a job tier."))
    role = KeyField(_("Key of a role."))
    framework = KeyField(_("Key of a framework: only its competencies."))
    group = KeyField(_("Key of a group: only the competencies below it."))
    as_of = AsOfField()
    format = serializers.ChoiceField(
        FORMATS, default="json", help_text=_("csv and xlsx hold all pages.")
    )
