# ruff: noqa: N815 - the names are xAPI's
"""Statements as the schema shows them. What is accepted is decided by lms.records.statement."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from api.fields import UtcDateTimeField


class StatementVerb(serializers.Serializer[Any]):
    id = serializers.CharField()
    display = serializers.DictField(child=serializers.CharField(), required=False)


class StatementObject(serializers.Serializer[Any]):
    objectType = serializers.ChoiceField(["Activity"], required=False)
    id = serializers.CharField(help_text=_("IRI of an activity; after # the id of a part of it."))
    definition = serializers.DictField(required=False)


class StatementIn(serializers.Serializer[Any]):
    """Actor, authority, stored and version are the server's: whatever is sent is replaced."""

    id = serializers.UUIDField(help_text=_("Made by the client; sending it again changes nothing."))
    actor = serializers.DictField(required=False)
    verb = StatementVerb()
    object = StatementObject()
    result = serializers.DictField(required=False)
    context = serializers.DictField(required=False)  # type: ignore[assignment]
    timestamp = UtcDateTimeField(required=False)


class StatementOut(StatementIn):
    """As stored."""

    actor = serializers.DictField()
    timestamp = UtcDateTimeField()
    stored = UtcDateTimeField()
    authority = serializers.DictField()
    version = serializers.CharField()


class StatementResult(serializers.Serializer[Any]):
    """`more` empty = that was all."""

    statements = StatementOut(many=True)
    more = serializers.CharField(allow_blank=True)


ONE_OR_MANY = PolymorphicProxySerializer(
    component_name="StatementOrStatements",
    serializers=[StatementIn, StatementIn(many=True)],
    resource_type_field_name=None,
    many=False,
)
ONE_OR_RESULT = PolymorphicProxySerializer(
    component_name="StatementOrResult",
    serializers=[StatementResult, StatementOut],
    resource_type_field_name=None,
    many=False,
)
