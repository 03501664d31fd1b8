from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.parameters import PageParameters, QueryParameters
from lms.people.calendar import OFFICE_ZONE, office_today
from skills_matrix.competencies.models import Assurance
from skills_matrix.engine.columns import LEVEL_MAX
from skills_matrix.reports.matrix import LEVEL_RANGES
from skills_matrix.reports.order import SORTS
from skills_matrix.reports.roster import GROUPINGS
from skills_matrix.saved_views.models import QUERY_LENGTH

FORMATS = ["json", "csv", "csv-cp932", "xlsx", "json-file"]
MOST_DAYS = 36_500
_AT_THE_END = _("As it was at the end of that day; left out: now.")


class AsOfField(serializers.DateField):
    """A day of the office; its value is the last moment of that day, of today None."""

    def __init__(self, help_text: Any = None) -> None:
        super().__init__(required=False, help_text=help_text or _AT_THE_END)

    def to_internal_value(self, data: Any) -> datetime | None:  # type: ignore[override]
        day = super().to_internal_value(data)
        if not date(2000, 1, 1) <= day <= date(2100, 1, 1):
            raise serializers.ValidationError(
                _("Name a day from 2000 to 2100."), code="out_of_range"
            )
        if day == office_today():
            return None
        midnight = datetime.combine(day + timedelta(days=1), time.min, OFFICE_ZONE)
        return midnight - timedelta(microseconds=1)


class KeyField(serializers.CharField):
    """A key to narrow by; empty or left out = not narrowed."""

    def __init__(self, help_text: Any) -> None:
        super().__init__(default="", allow_blank=True, max_length=64, help_text=help_text)


def assurance_field() -> serializers.ChoiceField:
    return serializers.ChoiceField(
        Assurance.choices,
        required=False,
        help_text=_("Levels from evidence at least as sure; left out: as the rule says."),
    )


def count_field(help_text: Any, most: int) -> serializers.IntegerField:
    return serializers.IntegerField(
        required=False, min_value=0, max_value=most, help_text=help_text
    )


class CellParameters(QueryParameters):
    as_of = AsOfField()
    assurance = assurance_field()


class ScopeParameters(QueryParameters):
    """Of whom and of what."""

    department = KeyField(_("Key of a department; those below it are included."))
    tier = KeyField(_("Key of a job tier."))
    role = KeyField(_("Key of a role."))
    framework = KeyField(_("Key of a framework: only its competencies."))
    group = KeyField(_("Key of a group: only the competencies below it."))
    assurance = assurance_field()


class FilterParameters(ScopeParameters):
    """Conditions on cells: one cell must meet all that are given."""

    competency = KeyField(
        _("Key of the competency that conditions and order are about; left out: any, or all.")
    )
    level_is = serializers.ChoiceField(
        list(LEVEL_RANGES),
        default="",
        allow_blank=True,
        help_text=_("How the level compares with `level`; never = never assessed."),
    )
    level = count_field(_("A level; without `level_is`: at least that."), LEVEL_MAX)
    gap = count_field(_("At least so many levels short of the target; 0: reached."), LEVEL_MAX)
    expires_within = count_field(_("The level ends within so many days."), MOST_DAYS)
    older_than = count_field(_("Last shown or renewed more than so many days ago."), MOST_DAYS)


class MatrixRowParameters(FilterParameters, PageParameters):
    as_of = AsOfField()
    compared_to = AsOfField(_("Show what changed since the end of that day."))
    sort = serializers.ChoiceField(
        [f"{sign}{name}" for name in SORTS for sign in ("", "-")],
        default="department",
        help_text=_("Of level and gap without a competency: the sum over the columns."),
    )
    group_by = serializers.ChoiceField(
        [name for name in GROUPINGS if name],
        default="",
        allow_blank=True,
        help_text=_("By role, whoever holds several has a row in each."),
    )
    collapse = serializers.BooleanField(
        default=False, help_text=_("Categories as columns: the mean level and the worst gap.")
    )


class MatrixParameters(MatrixRowParameters):
    format = serializers.ChoiceField(
        FORMATS, default="json", help_text=_("csv and xlsx hold all pages.")
    )


class ReportParameters(ScopeParameters):
    fiscal_year = serializers.IntegerField(
        min_value=2000, max_value=2099, help_text=_("It begins on 1 April of that year.")
    )
    by = serializers.ChoiceField(["department", "tier"], default="department")
    collapse = serializers.BooleanField(default=True, help_text=_("Categories as columns."))


class SavedViewIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=60)
    query = serializers.CharField(
        allow_blank=True,
        max_length=QUERY_LENGTH,
        help_text=_("What stands behind the question mark in the address of the matrix."),
    )


class SavedViewChange(SavedViewIn):
    """What is left out stays as it is."""

    name = serializers.CharField(max_length=60, required=False)
    query = serializers.CharField(required=False, allow_blank=True, max_length=QUERY_LENGTH)
