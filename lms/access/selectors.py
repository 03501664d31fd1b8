"""Finding a token by the secret its bearer shows."""

from hashlib import sha256

from django.db.models import Q, QuerySet
from django.utils import timezone

from lms.access.models import ApiToken


def token_digest(secret: str) -> str:
    """What is kept of a secret: SHA-256 in hex. The secret is 256 random bits, so no salt."""
    return sha256(secret.encode()).hexdigest()


def usable_tokens() -> QuerySet[ApiToken]:
    """Tokens with their users, neither expired nor revoked, of active users."""
    return ApiToken.objects.filter(
        Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()),
        revoked_at__isnull=True,
        user__is_active=True,
    ).select_related("user")


def active_token(secret: str) -> ApiToken | None:
    """The token with its user; None = unknown, or no longer usable."""
    return usable_tokens().filter(digest=token_digest(secret)).first()
