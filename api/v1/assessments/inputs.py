from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.fields import LevelField


class LevelsIn(serializers.Serializer[Any]):
    levels = serializers.DictField(
        child=LevelField(), help_text=_("Key of a competency: level chosen.")
    )
    is_final = serializers.BooleanField(
        help_text=_("false = keep it for later; true = hand it in, then every level is needed.")
    )


class CorrectionIn(serializers.Serializer[Any]):
    competency = serializers.CharField(max_length=64, help_text=_("Key of a competency."))
    text = serializers.CharField(max_length=1000)
