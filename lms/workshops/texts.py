"""A session in words, in the active language."""

from django.utils.translation import gettext as _

from lms.workshops.models import WorkshopSession


def session_place(session: WorkshopSession) -> str:
    """Where it is held. The online address is not in it: only those with a seat have that."""
    parts = [session.place, _("Online") if session.is_online else ""]
    return " / ".join(filter(None, parts))
