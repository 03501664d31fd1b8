"""Finding a token by the secret its bearer shows."""

from hashlib import sha256
from typing import Any

from django.db.models import CharField, DateTimeField, Q, QuerySet
from django.utils import timezone

from lms.access.models import ApiToken
from lms.prepared import PreparedQuery


def token_digest(secret: str) -> str:
    """What is kept of a secret: SHA-256 in hex. The secret is 256 random bits, so no salt."""
    return sha256(secret.encode()).hexdigest()


def usable_tokens(at: Any = None) -> QuerySet[ApiToken]:
    """Tokens with their users, neither expired nor revoked, of active users; `at` None = now."""
    return ApiToken.objects.filter(
        Q(expires_at__isnull=True) | Q(expires_at__gt=at or timezone.now()),
        revoked_at__isnull=True,
        user__is_active=True,
    ).select_related("user")


_TOKEN = PreparedQuery(
    lambda slots: (
        usable_tokens(at=slots["now"])
        .filter(digest=slots["digest"])
        .select_related("user__employee")
    ),
    now=DateTimeField(),
    digest=CharField(),
)


def active_token(secret: str) -> ApiToken | None:
    """The token with its user and the employee; None = unknown, or no longer usable."""
    found = _TOKEN.ask(now=timezone.now(), digest=token_digest(secret))
    return found[0] if found else None
