"""Notices of one person, and what waits to be mailed. Nobody reads another person's notices."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from lms.notices.kinds import notice_kinds
from lms.notices.models import MailChoice, Notice, NoticePreference
from lms.people.models import Employee


@dataclass(frozen=True)
class NoticePreferences:
    """`when`: kind of notice -> when it is mailed, every kind. `language` "" = the office's."""

    language: str
    when: dict[str, str]


def notices_of(employee: Employee, *, is_unread: bool = False) -> QuerySet[Notice]:
    """The person's own, newest first, with what their words need."""
    rows = Notice.objects.filter(recipient=employee).select_related("course", "about")
    return rows.filter(read_at__isnull=True) if is_unread else rows


def notice_preferences(employee: Employee) -> NoticePreferences:
    """What the person chose, and for the rest what holds for everybody."""
    chosen = dict(MailChoice.objects.filter(employee=employee).values_list("kind", "when"))
    row = NoticePreference.objects.filter(employee=employee).first()
    return NoticePreferences(
        language=row.language if row else "",
        when={kind: chosen.get(kind, row.when) for kind, row in notice_kinds().items()},
    )


def unsent() -> QuerySet[Any]:
    """Unread notices still to be mailed, each with its recipient's choice as `when`."""
    chosen = MailChoice.objects.filter(employee=OuterRef("recipient"), kind=OuterRef("kind"))
    by_kind = Case(
        *(When(kind=kind, then=Value(str(row.when))) for kind, row in notice_kinds().items()),
        default=Value(str(MailChoice.When.DAILY)),
        output_field=CharField(),
    )
    return (
        Notice.objects.filter(emailed_at__isnull=True, read_at__isnull=True)
        .exclude(recipient__email="")
        .annotate(when=Coalesce(Subquery(chosen.values("when")), by_kind))
        .exclude(when=MailChoice.When.NEVER)
    )
