"""Handing out bearer tokens and taking them back; noting who looked at whose record."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from lms.access.models import ApiToken, RecordView
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


def log_record_views(*, viewer: Any, subject_ids: Iterable[int], what: str) -> None:
    """One row per other person whose learning the viewer is about to see. One statement."""
    own = getattr(getattr(viewer, "employee", None), "pk", None)
    now = timezone.now()
    RecordView.objects.bulk_create(
        [
            RecordView(viewer=viewer, subject_id=subject_id, what=what, seen_at=now)
            for subject_id in sorted(set(subject_ids) - {own})
        ],
        batch_size=1000,
    )
