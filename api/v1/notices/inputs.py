from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.parameters import PageParameters
from lms.notices.kinds import kind_choices
from lms.notices.models import MailChoice


class NoticeParameters(PageParameters):
    unread = serializers.BooleanField(
        default=False, help_text=_("Only those I have not read; `count` is then how many.")
    )


class MailChoiceIn(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(kind_choices())
    when = serializers.ChoiceField(MailChoice.When.choices)


class NoticePreferencesIn(serializers.Serializer[Any]):
    """What is left out stays as it is."""

    language = serializers.ChoiceField(settings.LANGUAGES, required=False)
    mail = MailChoiceIn(many=True, required=False)
