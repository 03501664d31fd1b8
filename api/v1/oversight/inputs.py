from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.parameters import PageParameters, QueryParameters
from api.v1.skills.inputs import KeyField
from lms.oversight.duties import STATES


class NudgeIn(serializers.Serializer[Any]):
    staff_number = serializers.CharField(max_length=32)
    course = serializers.CharField(max_length=64, help_text=_("Key of a course."))


class OversightFilters(QueryParameters):
    department = KeyField(_("Key of a department; those below it are included."))
    course = KeyField(_("Key of a course."))
    person = KeyField(_("Part of a name or kana, or a staff number."))


class DutyParameters(PageParameters, OversightFilters):
    state = serializers.ChoiceField(
        list(STATES), default="all", help_text=_("Overdue, still to do, or finished.")
    )
    format = serializers.ChoiceField(
        ["json", "csv"], default="json", help_text=_("csv holds all pages.")
    )
