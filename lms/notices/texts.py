"""Notices in words, in the active language: one line, the same in the site and in e-mail."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lms.notices.models import Notice

# The workshop's course, when the session is, and where or why.
SESSION_TEXTS: Mapping[str, Promise] = {
    Notice.Kind.MOVED_UP: gettext_lazy(
        "A seat has become free: you are now registered for the workshop of “%(course)s” on"
        " %(time)s (%(detail)s)."
    ),
    Notice.Kind.SESSION_CHANGED: gettext_lazy(
        "The workshop of “%(course)s” has changed: it is now on %(time)s (%(detail)s)."
    ),
    Notice.Kind.SESSION_OFF: gettext_lazy(
        "The workshop of “%(course)s” on %(time)s is cancelled. Reason: %(detail)s"
    ),
    Notice.Kind.SESSION_SOON: gettext_lazy(
        "Tomorrow is the workshop of “%(course)s”: %(time)s (%(detail)s)."
    ),
}


def session_time(starts_at: datetime) -> str:
    """Day, weekday and hour in the office, in the active language."""
    local = timezone.localtime(starts_at)
    if (get_language() or "ja").startswith("ja"):
        weekday = "月火水木金土日"[local.weekday()]
        return f"{local.year}年{local.month}月{local.day}日（{weekday}）{local:%H:%M}"
    return f"{local:%a} {date_format(local, 'DATETIME_FORMAT')}"


def notice_text(notice: Notice) -> str:
    """What the recipient is told."""
    words = {
        "course": notice.course.title,
        "date": date_format(notice.due_on, "DATE_FORMAT") if notice.due_on else "",
        "name": notice.about.name,
        "time": session_time(notice.starts_at) if notice.starts_at else "",
        "detail": notice.detail,
    }
    if notice.kind in SESSION_TEXTS:
        return str(SESSION_TEXTS[notice.kind]) % words
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
