"""Making a calendar address and taking it back."""

import secrets

from django.utils import timezone

from lms.access.selectors import token_digest
from lms.agenda.models import AgendaLink
from lms.people.models import Employee


def make_agenda_link(*, employee: Employee) -> str:
    """The secret of a new address, which cannot be read again; an earlier address stops working."""
    secret = secrets.token_urlsafe(32)
    AgendaLink.objects.update_or_create(
        employee=employee,
        defaults={"digest": token_digest(secret), "created_at": timezone.now()},
    )
    return secret


def revoke_agenda_link(*, employee: Employee) -> None:
    """The address stops working at once; without one, nothing happens."""
    AgendaLink.objects.filter(employee=employee).delete()
