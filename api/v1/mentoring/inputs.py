from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from api.parameters import PageParameters
from skills_matrix.mentoring.models import MOST_HOURS, MOST_LEARNERS, MOST_MINUTES, USUAL_HOURS

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
    hours_per_month = serializers.IntegerField(
        min_value=1,
        max_value=MOST_HOURS,
        default=USUAL_HOURS,
        help_text=gettext_lazy("Hours a month I would give to mentoring."),
    )
    teaches = serializers.ListField(
        child=serializers.CharField(max_length=64),
        default=list,
        max_length=MOST_WISHES,
        help_text=gettext_lazy("Keys of competencies I would teach; none = whatever I hold."),
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
    reason = serializers.CharField(
        max_length=500,
        allow_blank=True,
        default="",
        help_text=gettext_lazy("Why I decline; the other side and the DX office read it."),
    )


class SidesIn(serializers.Serializer[Any]):
    """Staff numbers of a pair among the proposals."""

    learner = serializers.CharField(max_length=32)
    mentor = serializers.CharField(max_length=32)


class ProposeIn(serializers.Serializer[Any]):
    pairs = serializers.ListField(
        child=SidesIn(),
        required=False,
        allow_null=True,
        default=None,
        max_length=1_000,
        help_text=gettext_lazy("Of the proposals these; null = all."),
    )


class ByHandIn(serializers.Serializer[Any]):
    """A pair about one skill; staff numbers of the two."""

    learner = serializers.CharField(max_length=32)
    mentor = serializers.CharField(max_length=32)
    competency = serializers.CharField(
        max_length=64, help_text=gettext_lazy("Key of a competency.")
    )
    level = serializers.IntegerField(min_value=1, max_value=4)


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
