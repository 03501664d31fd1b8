from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.fields import UtcDateTimeField
from lms.notices.kinds import kind_choices, kind_title, notice_path, notice_text
from lms.notices.models import MailChoice, Notice


class NoticeRow(serializers.Serializer[Any]):
    """One thing I was told. `path` is where in the site it leads; `read_at` null = not read."""

    uuid = serializers.UUIDField()
    kind = serializers.ChoiceField(kind_choices())
    title = serializers.SerializerMethodField(help_text=_("The kind in words."))
    text = serializers.SerializerMethodField()
    path = serializers.SerializerMethodField()
    created_at = UtcDateTimeField()
    read_at = UtcDateTimeField(allow_null=True)

    def get_title(self, notice: Notice) -> str:
        return kind_title(notice.kind)

    def get_text(self, notice: Notice) -> str:
        return notice_text(notice)

    def get_path(self, notice: Notice) -> str:
        return notice_path(notice)


class MarkedRead(serializers.Serializer[Any]):
    """How many were unread until now."""

    count = serializers.IntegerField(min_value=0)


class MailChoiceRow(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(kind_choices())
    title = serializers.CharField()
    when = serializers.ChoiceField(MailChoice.When.choices)


class NoticePreferencesOut(serializers.Serializer[Any]):
    """How I am sent e-mail. `email` empty = the office knows no address, and none is sent."""

    email = serializers.CharField(allow_blank=True)
    language = serializers.ChoiceField(settings.LANGUAGES)
    mail = MailChoiceRow(many=True)
