from typing import Any

from rest_framework import serializers

from api.fields import FractionField, MinutesField, UtcDateTimeField
from api.v1.certificates.outputs import CertificateOut
from api.v1.outputs import Titled


class RecordRow(serializers.Serializer[Any]):
    """One course of my record. `score` is the mean of the best scores of its graded activities."""

    course = Titled()
    enrolled_at = UtcDateTimeField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    started_at = UtcDateTimeField(allow_null=True)
    completed_at = UtcDateTimeField(allow_null=True)
    renewed_at = UtcDateTimeField(allow_null=True)
    score = FractionField(allow_null=True)
    attempts = serializers.IntegerField(min_value=0)
    minutes_spent = MinutesField(source="time_spent")
    expires_on = serializers.DateField(allow_null=True)
    certificates = CertificateOut(many=True)


class CalendarLinkState(serializers.Serializer[Any]):
    """Whether there is a calendar address; `created_at` null = there is none."""

    created_at = UtcDateTimeField(allow_null=True)


class CalendarLinkOut(serializers.Serializer[Any]):
    """`address` is shown this once: whoever has it sees what is due."""

    address = serializers.CharField()
