from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from api.parameters import PageParameters
from skills_matrix.mentoring.models import MOST_LEARNERS, MOST_MINUTES

MOST_WISHES = 20


class WishIn(serializers.Serializer[Any]):
    competency = serializers.CharField(
        max_length=64, help_text=gettext_lazy("Key of a competency.")
    )
    level = serializers.IntegerField(min_value=1, max_value=4)


class MyMentoringIn(serializers.Serializer[Any]):
    learners = serializers.IntegerField(
        min_value=0,
        max_value=MOST_LEARNERS,
        help_text=gettext_lazy("How many learners I would take at a time; 0 = I am no mentor."),
    )
    wishes = serializers.ListField(
        child=WishIn(),
        max_length=MOST_WISHES,
        help_text=gettext_lazy("What I want to learn; what is left out no longer."),
    )

    def validate_wishes(self, wishes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({wish["competency"] for wish in wishes}) != len(wishes):
            raise serializers.ValidationError(_("A competency is there twice."), code="repeated")
        return wishes


class PairsParameters(PageParameters):
    whose = serializers.ChoiceField(
        ["mine", "all"], default="mine", help_text=gettext_lazy("all: for the DX office.")
    )


class AnswerIn(serializers.Serializer[Any]):
    agrees = serializers.BooleanField(
        allow_null=True, help_text=gettext_lazy("null takes back what was said.")
    )


class EndIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class SessionIn(serializers.Serializer[Any]):
    competency = serializers.CharField(
        max_length=64, help_text=gettext_lazy("Key of a skill the pair is about.")
    )
    held_on = serializers.DateField()
    minutes = serializers.IntegerField(min_value=1, max_value=MOST_MINUTES)
    text = serializers.CharField(max_length=1000, help_text=gettext_lazy("What was done."))
    level = serializers.IntegerField(
        min_value=1, max_value=4, help_text=gettext_lazy("What the learner showed.")
    )
