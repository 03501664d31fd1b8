"""Why a registration, a session or an attendance sheet is not taken, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.exceptions import WorkshopRefused

REASONS: Mapping[str, Promise] = {
    "cancelled": _("This session is cancelled."),
    "closed": _("Registration for this session has closed. Ask the office that holds it."),
    "clash": _(
        "You have another workshop at that time: “%(title)s” on %(time)s. Cancel that one first."
    ),
    "other_session": _(
        "You have registered for another session of this workshop, on %(time)s. Cancel that one"
        " first."
    ),
    "not_registered": _("You are not registered for this session."),
    "reason_missing": _("Say why the session is cancelled. Everybody registered is told it."),
    "below_seats": _(
        "%(number)d people have a seat already. Choose a capacity that is not below that."
    ),
    "ends_before_start": _("The end must be after the beginning."),
    "closes_after_start": _("Registration must close before the session begins."),
    "nowhere": _("Say where it is held, or that it is held online."),
    "address_offline": _("Only a session held online has an online address."),
    "attended": _("Attendance has been recorded. The session can no longer be cancelled or moved."),
    "too_early": _("Attendance is recorded once the session has begun."),
    "not_a_seat": _("Somebody on the sheet has no seat in this session. Reload the page."),
}


def refused(code: str, *, place: str = "", **words: Any) -> WorkshopRefused:
    text = str(REASONS[code])
    return WorkshopRefused(code, text % words if words else text, place=place)
