"""Reading saved views."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from skills_matrix.exceptions import NotVisible
from skills_matrix.saved_views.models import SavedView


def views_of(owner: Any) -> QuerySet[SavedView]:
    """The owner's own, by name."""
    return SavedView.objects.filter(owner=owner)


def view_of(owner: Any, uuid: UUID) -> SavedView:
    """One of them.

    Raises:
        NotVisible: there is none, or it is somebody else's.
    """
    row = views_of(owner).filter(uuid=uuid).first()
    if row is None:
        raise NotVisible(_("No such view."))
    return row
