"""Who may do what: the keys of other systems, and the log of what they were shown."""

import secrets
from collections.abc import Iterable, Mapping
from hmac import compare_digest

from django.utils import timezone

from lms.access.selectors import token_digest
from lms.lrs.models import LrsClient, LrsReading

# Scopes as xAPI 1.0.3 part 3, 4.2 names them.
SCOPES = {
    "all": "Everything that there is.",
    "all/read": "Read everything.",
    "statements/write": "Send statements.",
    "statements/read": "Read statements, whoever they are of.",
    "statements/read/mine": "Read the statements that the system sent itself.",
    "state": "Read and write activity states.",
    "profile": "Read and write profiles of activities and agents.",
}
READ_OTHERS = {"all/read", "statements/read"}


def create_lrs_client(*, name: str, scopes: Iterable[str]) -> tuple[LrsClient, str]:
    """A new system with its key, and the secret, which cannot be read again afterwards."""
    secret = secrets.token_urlsafe(32)
    client = LrsClient.objects.create(
        name=name,
        key=secrets.token_hex(10),
        digest=token_digest(secret),
        scopes=sorted(set(scopes)),
        created_at=timezone.now(),
    )
    return client, secret


def revoke_lrs_client(*, client: LrsClient) -> None:
    """The key stops working at once; the first revocation keeps its date."""
    LrsClient.objects.filter(pk=client.pk, revoked_at__isnull=True).update(
        revoked_at=timezone.now()
    )


def active_lrs_client(key: str, secret: str) -> LrsClient | None:
    """The system with this key and secret; None = there is none, or no longer."""
    client = LrsClient.objects.filter(key=key, revoked_at__isnull=True).first()
    if client is None or not compare_digest(client.digest, token_digest(secret)):
        return None
    return client


def note_reading(
    *, client: LrsClient, address: str, asked: Mapping[str, str], shown: int
) -> LrsReading:
    """Put down who was shown records of people, when, and what was asked for."""
    return LrsReading.objects.create(
        client=client, at=timezone.now(), address=address, asked=dict(asked), shown=shown
    )
