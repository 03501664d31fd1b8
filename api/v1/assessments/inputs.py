from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.fields import LevelField
from api.parameters import PageParameters
from api.v1.skills.inputs import KeyField


class LevelsIn(serializers.Serializer[Any]):
    levels = serializers.DictField(
        child=LevelField(), help_text=_("Key of a competency: level chosen.")
    )
    is_final = serializers.BooleanField(
        help_text=_(
            "false = keep these beside what is kept; true = hand it in, then every level is needed."
        )
    )


class CorrectionIn(serializers.Serializer[Any]):
    competency = serializers.CharField(max_length=64, help_text=_("Key of a competency."))
    text = serializers.CharField(max_length=1000)
    level = LevelField(allow_null=True, default=None, help_text=_("What it should be."))


class DifferenceParameters(PageParameters):
    at_least = serializers.IntegerField(
        min_value=0, max_value=4, default=0, help_text=_("Only where so many levels differ.")
    )
    department = KeyField(_("Key of a department; those below it are included."))


class SettlementIn(serializers.Serializer[Any]):
    staff_number = serializers.CharField(max_length=32)
    competency = serializers.CharField(max_length=64, help_text=_("Key of a competency."))
    level = LevelField(help_text=_("What was agreed on."))
    reason = serializers.CharField(
        max_length=1000, allow_blank=True, help_text=_("Needed where the level changes.")
    )
