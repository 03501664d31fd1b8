"""Notices in words, in the active language: one line, the same in the site and in e-mail."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.notices.models import Notice


def notice_text(notice: Notice) -> str:
    """What the recipient is told."""
    words = {
        "course": notice.course.title,
        "date": date_format(notice.due_on, "DATE_FORMAT") if notice.due_on else "",
        "name": notice.about.name,
    }
    match notice.kind:
        case Notice.Kind.DUE_SOON:
            return _("The mandatory course “%(course)s” is due on %(date)s.") % words
        case Notice.Kind.ESCALATION:
            return _("%(name)s has not finished “%(course)s”, which was due on %(date)s.") % words
    if notice.due_on:
        return _("You are asked to finish “%(course)s”, which was due on %(date)s.") % words
    return _("You are asked to finish “%(course)s”.") % words


def notice_path(notice: Notice) -> str:
    """Where in the site it leads."""
    if notice.kind == Notice.Kind.ESCALATION:
        return "/team?state=overdue"
    return f"/courses/{notice.course.key}"
