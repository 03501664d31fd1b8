"""Keeping, renaming and removing views of the matrix."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from skills_matrix.exceptions import TooManyViews, ViewNameTaken
from skills_matrix.saved_views.models import SavedView

MOST = 50


def save_view(*, owner: Any, name: str, query: str) -> SavedView:
    """Keep what the matrix shows under a name.

    Raises:
        ViewNameTaken: the owner has one of that name.
        TooManyViews: the owner has as many as there may be.
    """
    if SavedView.objects.filter(owner=owner).count() >= MOST:
        raise TooManyViews(
            _("You have %(most)d saved views. Delete one you no longer need.") % {"most": MOST}
        )
    return _stored(SavedView(owner=owner, name=name, query=query))


def change_view(*, view: SavedView, name: str | None = None, query: str | None = None) -> SavedView:
    """Give it another name, or have it show something else; None = as it was.

    Raises:
        ViewNameTaken: the owner has another of that name.
    """
    view.name = view.name if name is None else name
    view.query = view.query if query is None else query
    return _stored(view)


def delete_view(*, view: SavedView) -> None:
    """Forget it; whoever has its address keeps that."""
    view.delete()


def _stored(view: SavedView) -> SavedView:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as fault:
        raise ViewNameTaken(
            _("You have a view called “%(name)s”.") % {"name": view.name}, place="name"
        ) from fault
    return view
