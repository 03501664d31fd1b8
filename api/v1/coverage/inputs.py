from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.parameters import PageParameters, QueryParameters
from api.v1.skills.inputs import AsOfField, KeyField
from skills_matrix.engine.columns import RISK_REASONS, UNIT_KINDS

MOST_MOVES = 500
FORMATS = ["json", "csv"]


class HorizonField(serializers.IntegerField):
    def __init__(self) -> None:
        super().__init__(
            min_value=0,
            max_value=1_830,
            default=180,
            help_text=_("How many days ahead leavings and expiries count."),
        )


class UnitParameters(QueryParameters):
    as_of = AsOfField()
    horizon = HorizonField()


class CoverageParameters(PageParameters, UnitParameters):
    department = KeyField(_("Key of a department; those below it are included."))
    kind = serializers.ChoiceField(
        UNIT_KINDS,
        required=False,
        help_text=_("Only sections, business processes or projects; left out: all."),
    )
    reason = serializers.ChoiceField(
        RISK_REASONS, required=False, help_text=_("Only risks for this reason.")
    )
    list = serializers.ChoiceField(
        ["risks", "coverage"],
        default="risks",
        help_text=_("What the file holds: the risks, or every need. json has the risks."),
    )
    format = serializers.ChoiceField(FORMATS, default="json", help_text=_("csv holds all pages."))


class ExpiringParameters(PageParameters):
    department = KeyField(_("Key of a department; those below it are included."))
    horizon = HorizonField()
    only_targets = serializers.BooleanField(
        default=False, help_text=_("Only levels whose end makes a target missed.")
    )


class PeopleParameters(QueryParameters):
    search = serializers.CharField(
        min_length=1, max_length=64, help_text=_("Part of a name or kana, or a staff number.")
    )


class PersonnelParameters(QueryParameters):
    on = serializers.DateField(
        required=False, help_text=_("The day to look at; left out: that of the file.")
    )


class MoveIn(serializers.Serializer[Any]):
    """`department` empty = leaves the office; `tier` empty = keeps the one held."""

    staff_number = serializers.CharField(max_length=32)
    department = KeyField(_("Key of the department moved to; empty: leaves the office."))
    tier = KeyField(_("Key of the job tier then; empty: the one held."))
    roles = serializers.ListField(
        child=serializers.CharField(max_length=64),
        max_length=20,
        default=list,
        help_text=_("Keys of the roles held then; those held before end."),
    )


class WhatIfIn(serializers.Serializer[Any]):
    on = serializers.DateField(help_text=_("The day the moves take effect."))
    moves = serializers.ListField(child=MoveIn(), max_length=MOST_MOVES, allow_empty=False)
