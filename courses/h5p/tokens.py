"""Short-lived addresses. The content origin knows no session; who has the address may play."""

from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner

from courses.conf import conf


def _signer() -> TimestampSigner:
    # A full stop needs no escaping in an address.
    return TimestampSigner(salt="courses.h5p.player", sep=".")


def content_token(uuid: UUID) -> str:
    return _signer().sign(uuid.hex)


def token_content(token: str) -> UUID | None:
    """The content the token is for; None = never valid, or no longer."""
    try:
        signed = _signer().unsign(token, max_age=conf.H5P_TOKEN_SECONDS)
    except BadSignature:
        return None
    return UUID(signed)
