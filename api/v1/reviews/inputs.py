from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from courses.authoring.review.services import APPROVE, REQUEST_CHANGES

LONGEST_COMMENT = 5000


class ReplyIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST_COMMENT)


class CommentIn(ReplyIn):
    lesson_key = serializers.CharField(
        default="", allow_blank=True, max_length=64, help_text=_("Empty: the course as a whole.")
    )
    block_id = serializers.CharField(
        default="", allow_blank=True, max_length=64, help_text=_("Empty: the lesson as a whole.")
    )


class DecisionIn(serializers.Serializer[Any]):
    decision = serializers.ChoiceField([APPROVE, REQUEST_CHANGES])
    comment = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=LONGEST_COMMENT,
        help_text=_("For the author; needed where changes are asked for."),
    )
