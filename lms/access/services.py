"""Handing out bearer tokens and taking them back."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from lms.access.models import ApiToken
from lms.access.selectors import token_digest

# So that a leaked token is recognised for what it is, by people and by secret scanners.
PREFIX = "lms_"


def create_api_token(
    *, user: Any, name: str, scopes: Iterable[str], expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A new token and its secret, which cannot be read again afterwards.

    Args:
        scopes: what the token may do, e.g. `learning:read`; none = nothing at all.
        expires_at: first moment at which it no longer works; absent = until revoked.
    """
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        digest=token_digest(secret),
        scopes=sorted(set(scopes)),
        created_at=timezone.now(),
        expires_at=expires_at,
    )
    return token, secret


def revoke_api_token(*, token: ApiToken) -> None:
    """The token stops working at once; the first revocation keeps its date."""
    ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
