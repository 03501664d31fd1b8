"""Reasons in words, in the active language: the same on the screen, in files and in e-mail."""

from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Activity
from lms.oversight.reasons import LateReason, Why


class Late(Protocol):
    """A duty or an assignment, of which only why it is late is asked."""

    @property
    def reason(self) -> LateReason | None: ...

    @property
    def activity(self) -> Activity | None: ...


def reason_text(duty: Late) -> str:
    """Why it is late; "" = it is not."""
    reason = duty.reason
    if reason is None:
        return ""
    words = {
        "date": date_format(reason.day, "DATE_FORMAT") if reason.day else "",
        "activity": duty.activity.title if duty.activity else "",
        "number": reason.attempts,
    }
    match reason.why:
        case Why.FAILED:
            return (
                ngettext(
                    "Tried “%(activity)s” once without passing (last on %(date)s)",
                    "Tried “%(activity)s” %(number)d times without passing (last on %(date)s)",
                    reason.attempts,
                )
                % words
            )
        case Why.STOPPED:
            return _("Stopped at “%(activity)s” on %(date)s") % words
        case Why.JOINED_LATE:
            return _("Came after the due date, on %(date)s; not begun") % words
        case Why.NOT_STARTED:
            return _("Not begun")
