"""Telling people: what was told once is not told again, however often the job runs."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from courses.models import Course
from lms.access.services import log_record_views
from lms.conf import conf
from lms.notices.models import Notice
from lms.notices.texts import notice_path, notice_text
from lms.oversight.duties import DutyFilters, assigned, duties_overseen_by
from lms.oversight.heads import heads_of_staff
from lms.people.models import Employee

NUDGE = "nudge"


def nudge(*, viewer: Any, staff_number: str, course: str, on: date) -> bool:
    """Remind a person of a late course; False = they were reminded of it that day already.

    Args:
        course: its key.

    Raises:
        Employee.DoesNotExist: the viewer oversees nobody with that number who is late there.
    """
    filters = DutyFilters(state="overdue", course=course)
    row = (
        duties_overseen_by(viewer, on, filters).filter(employee__staff_number=staff_number).first()
    )
    if row is None:
        raise Employee.DoesNotExist
    notice, is_new = Notice.objects.get_or_create(
        recipient_id=row.employee_id,
        about_id=row.employee_id,
        course_id=row.course_id,
        kind=Notice.Kind.NUDGE,
        occasion=on,
        defaults={"due_on": row.due_on, "sent_by": viewer, "created_at": timezone.now()},
    )
    if is_new:
        log_record_views(viewer=viewer, subject_ids=[row.employee_id], what=NUDGE)
        transaction.on_commit(lambda: _deliver(notice.recipient_id) and None)
    return is_new


def tell_of_session(
    *,
    kind: str,
    session: UUID,
    course: Course,
    starts_at: datetime,
    detail: str,
    recipients: Iterable[int],
    on: date,
) -> int:
    """Tell people of a workshop session, by e-mail once this is committed; gives how many.

    Who was told of a session's day before is not told again.

    Args:
        detail: where it is, or why it is cancelled.
        recipients: ids of employees.
    """
    now = timezone.now()
    notices = [
        Notice(
            recipient_id=pk,
            about_id=pk,
            course=course,
            kind=kind,
            occasion=on,
            session=session,
            starts_at=starts_at,
            detail=detail,
            created_at=now,
        )
        for pk in sorted(set(recipients))
    ]
    before = Notice.objects.count()
    Notice.objects.bulk_create(notices, batch_size=1000, ignore_conflicts=True)
    transaction.on_commit(lambda: _deliver_all(row.recipient_id for row in notices))
    return Notice.objects.count() - before


def _deliver_all(people: Iterable[int]) -> None:
    for pk in people:
        _deliver(pk)


def send_reminders(*, on: date) -> tuple[int, int]:
    """Remind those whose course is due soon, and tell heads who is long overdue.

    Gives how many notices are new, and how many e-mails the mail server took. The same day
    twice gives nothing new; a day that was missed is made up for. Whoever nobody heads is told
    of by nobody.
    """
    now = timezone.now()
    is_open = assigned(on).filter(completed_at__isnull=True)
    last = on + timedelta(days=conf.REMINDER_DAYS)
    notices = [
        _notice(Notice.Kind.DUE_SOON, row, row.employee_id, now)
        for row in is_open.filter(due_on__range=(on, last))
    ]
    heads = heads_of_staff(on)
    notices += [
        _notice(Notice.Kind.ESCALATION, row, head, now)
        for row in is_open.filter(due_on__lte=on - timedelta(days=conf.ESCALATION_DAYS))
        for head in sorted(heads.get(row.employee_id, ()))
    ]
    before = Notice.objects.count()
    Notice.objects.bulk_create(notices, batch_size=1000, ignore_conflicts=True)
    return Notice.objects.count() - before, deliver_notices()


def _notice(kind: Notice.Kind, row: Any, recipient_id: int, now: Any) -> Notice:
    return Notice(
        recipient_id=recipient_id,
        about_id=row.employee_id,
        course_id=row.course_id,
        kind=kind,
        occasion=row.due_on,
        due_on=row.due_on,
        created_at=now,
    )


def deliver_notices() -> int:
    """One e-mail to everybody with unread notices that no e-mail told of; gives how many.

    What the mail server refuses stays for the next run.
    """
    people: Iterable[int] = list(
        _unsent().order_by("recipient").values_list("recipient", flat=True).distinct()
    )
    return sum(_deliver(pk) for pk in people)


def _unsent() -> Any:
    return (
        Notice.objects.filter(emailed_at__isnull=True, read_at__isnull=True)
        .exclude(recipient__email="")
        .exclude(recipient__notice_preference__by_email=False)
    )


@transaction.atomic
def _deliver(recipient_id: int) -> bool:
    # Two jobs at once: the second waits here and then finds nothing left to send.
    recipient = Employee.objects.select_for_update().get(pk=recipient_id)
    notices = list(
        _unsent().filter(recipient=recipient).select_related("course", "about").order_by("pk")
    )
    if not notices:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        is_reminder = all(notice.session is None for notice in notices)
        subject = _("Reminder of mandatory courses") if is_reminder else _("News of your training")
        lines = [_("To %(name)s,") % {"name": recipient.name}]
        for notice in notices:
            address = conf.SITE_ORIGIN and conf.SITE_ORIGIN + notice_path(notice)
            lines.append("\n".join(filter(None, ["- " + notice_text(notice), address])))
        text = "\n\n".join(lines)
    try:
        send_mail(subject, text, None, [recipient.email])
    except OSError:
        return False
    Notice.objects.filter(pk__in=[row.pk for row in notices]).update(emailed_at=timezone.now())
    return True
