from typing import Any

from rest_framework import serializers

from api.fields import UtcDateTimeField
from lms.certificates.models import Certificate


class CertificateOut(serializers.Serializer[Any]):
    """One of my certificates; names and titles are what they were when it was issued."""

    uuid = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()
    version = serializers.IntegerField(allow_null=True)
    certified_at = UtcDateTimeField()
    valid_until = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(Certificate.State.choices)


class VerificationOut(serializers.Serializer[Any]):
    """What is printed on a certificate, and whether it holds today. Nothing else of the person."""

    code = serializers.CharField()
    state = serializers.ChoiceField(Certificate.State.choices)
    holder_name = serializers.CharField()
    title = serializers.CharField()
    version = serializers.IntegerField(allow_null=True)
    office_name = serializers.CharField()
    certified_at = UtcDateTimeField()
    valid_until = serializers.DateField(allow_null=True)
    revoked_at = UtcDateTimeField(allow_null=True)


class JsonWebKey(serializers.Serializer[Any]):
    """A public key as RFC 7517 writes it."""

    kty = serializers.CharField()
    n = serializers.CharField()
    e = serializers.CharField()
    kid = serializers.CharField()
    alg = serializers.CharField()
    use = serializers.CharField()


class IssuerOut(serializers.Serializer[Any]):
    """An Open Badges 3.0 Profile."""

    id = serializers.CharField()
    type = serializers.ListField(child=serializers.CharField())
    name = serializers.CharField()
    url = serializers.CharField()


class RevokedCredential(serializers.Serializer[Any]):
    id = serializers.CharField()
    revoked = serializers.BooleanField()


class RevocationListOut(serializers.Serializer[Any]):
    """A 1EdTech Revocation List."""

    id = serializers.CharField()
    issuer = serializers.CharField()
    revokedCredential = RevokedCredential(many=True)  # noqa: N815 - as the specification has it


class BadgeOut(serializers.Serializer[Any]):
    """`credential` is the signed OpenBadgeCredential (VC-JWT); `content` what it says."""

    credential = serializers.CharField()
    content = serializers.DictField()


class KeySetOut(serializers.Serializer[Any]):
    """A JWK Set."""

    keys = JsonWebKey(many=True)
