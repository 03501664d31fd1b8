"""Every kind of notice: what it says, where it leads, when it is mailed. A new kind is a row here.

Words are in the active language: one line, the same in the site and in e-mail.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.notices.models import MailChoice, Notice

# A callable that gives further kinds, key -> NoticeKind with a title: for packages above this one.
NOTICE_KINDS = "lms_notice_kinds"

Kind = Notice.Kind
When = MailChoice.When


@dataclass(frozen=True)
class NoticeKind:
    """A lazy text to be filled in with `course`, `date`, `name`, `time` and `detail`.

    `course` is the title of the topic where it is of none.

    Attributes:
        path: where in the site it leads.
        when: when it is mailed to whoever did not choose.
        without_day: what it says where there is no due date; None = it always has one, or never
            speaks of it.
        title: the kind in words; None = as `Notice.Kind` says.
    """

    text: Any
    path: Callable[[Notice], str]
    when: When
    without_day: Any = None
    title: Any = None


def _course(notice: Notice) -> str:
    return f"/courses/{notice.course.key}" if notice.course else notice.path


def _topic(notice: Notice) -> str:
    return notice.path


KINDS: dict[str, NoticeKind] = {
    Kind.ASSIGNED: NoticeKind(
        _("A new mandatory course: “%(course)s”, due on %(date)s."),
        _course,
        When.DAILY,
        without_day=_("A new mandatory course: “%(course)s”."),
    ),
    Kind.DUE_SOON: NoticeKind(
        _("The mandatory course “%(course)s” is due on %(date)s."),
        _course,
        When.DAILY,
    ),
    Kind.NUDGE: NoticeKind(
        _("You are asked to finish “%(course)s”, which was due on %(date)s."),
        _course,
        When.AT_ONCE,
        without_day=_("You are asked to finish “%(course)s”."),
    ),
    Kind.ESCALATION: NoticeKind(
        _("%(name)s has not finished “%(course)s”, which was due on %(date)s."),
        lambda notice: "/team?state=overdue",
        When.DAILY,
    ),
    Kind.MOVED_UP: NoticeKind(
        _(
            "A seat has become free: you are now registered for the workshop of “%(course)s” on"
            " %(time)s (%(detail)s)."
        ),
        _course,
        When.AT_ONCE,
    ),
    Kind.SESSION_CHANGED: NoticeKind(
        _("The workshop of “%(course)s” has changed: it is now on %(time)s (%(detail)s)."),
        _course,
        When.AT_ONCE,
    ),
    Kind.SESSION_OFF: NoticeKind(
        _("The workshop of “%(course)s” on %(time)s is cancelled. Reason: %(detail)s"),
        _course,
        When.AT_ONCE,
    ),
    Kind.SESSION_SOON: NoticeKind(
        _("Tomorrow is the workshop of “%(course)s”: %(time)s (%(detail)s)."),
        _course,
        When.AT_ONCE,
    ),
    Kind.CERTIFICATE: NoticeKind(
        _("Your certificate for “%(course)s” has been issued."),
        lambda notice: "/record",
        When.DAILY,
    ),
    Kind.ASSESSMENT_OPEN: NoticeKind(
        _("The skill assessment “%(course)s” has begun. Hand in yours by %(date)s."),
        _topic,
        When.DAILY,
    ),
    Kind.ASSESSMENT_DUE: NoticeKind(
        _("Your skill assessment “%(course)s” is not handed in yet. The last day is %(date)s."),
        _topic,
        When.DAILY,
    ),
    Kind.ASSESSMENT_HEAD: NoticeKind(
        _(
            "In the skill assessment “%(course)s” people of your section still wait for you. The"
            " last day is %(date)s."
        ),
        _topic,
        When.DAILY,
    ),
    Kind.CORRECTION_ASKED: NoticeKind(
        _("%(name)s asks for a correction in “%(course)s”."),
        _topic,
        When.DAILY,
    ),
    Kind.CORRECTION_DONE: NoticeKind(
        _("Your request for a correction in “%(course)s” has been answered."),
        _topic,
        When.AT_ONCE,
    ),
    Kind.PROJECT_DUE: NoticeKind(
        _("The project “%(course)s” is to be measured again from %(date)s."),
        _topic,
        When.DAILY,
    ),
    Kind.TEAM_ADOPTED: NoticeKind(
        _("You are now in the team of the project “%(course)s”."),
        _topic,
        When.AT_ONCE,
    ),
    Kind.MENTOR_PAIR: NoticeKind(
        _("Mentoring with %(name)s is proposed to you: “%(course)s”. Please agree or decline."),
        _topic,
        When.AT_ONCE,
    ),
    Kind.MENTOR_ANSWER: NoticeKind(
        _("%(name)s has answered about the mentoring “%(course)s”."),
        _topic,
        When.DAILY,
    ),
    Kind.MENTOR_SESSION: NoticeKind(
        _("%(name)s has written down a mentoring session of “%(course)s”. Please confirm it."),
        _topic,
        When.DAILY,
    ),
}


def notice_kinds() -> Mapping[str, NoticeKind]:
    """Every kind by its key: those of this package, then those that others hook in."""
    return KINDS | {
        key: kind for give in hooks.get_hooks(NOTICE_KINDS) for key, kind in give().items()
    }


def kind_choices() -> list[tuple[str, str]]:
    """Every kind with its title, for whoever lets people choose."""
    return [(str(key), kind_title(key)) for key in notice_kinds()]


def kind_title(key: str) -> str:
    """The kind in words."""
    title = notice_kinds()[key].title
    return str(Kind(key).label if title is None else title)


def session_time(starts_at: datetime) -> str:
    """Day, weekday and hour in the office, in the active language."""
    local = timezone.localtime(starts_at)
    if (get_language() or "ja").startswith("ja"):
        weekday = "月火水木金土日"[local.weekday()]
        return f"{local.year}年{local.month}月{local.day}日（{weekday}）{local:%H:%M}"
    return f"{local:%a} {date_format(local, 'DATETIME_FORMAT')}"


def notice_text(notice: Notice) -> str:
    """What the recipient is told."""
    kind = notice_kinds()[notice.kind]
    text = kind.text if notice.due_on or kind.without_day is None else kind.without_day
    return str(text) % {
        "course": notice.title,
        "date": date_format(notice.due_on, "DATE_FORMAT") if notice.due_on else "",
        "name": notice.about.name,
        "time": session_time(notice.starts_at) if notice.starts_at else "",
        "detail": notice.detail,
    }


def notice_path(notice: Notice) -> str:
    """Where in the site it leads."""
    return notice_kinds()[notice.kind].path(notice)
