"""Telling people: what was told once is not told again, however often the job runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms.access.services import log_record_views
from lms.conf import conf
from lms.jobs.services import start_job
from lms.notices.models import Notice
from lms.notices.texts import notice_path, notice_text
from lms.oversight.duties import DutyFilters, assigned, duties_overseen_by
from lms.oversight.heads import heads_of_staff
from lms.people.models import Employee

NUDGE = "nudge"
DELIVERY = "lms_core.deliver_notices"


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
        transaction.on_commit(lambda: deliver_to(notice.recipient_id) and None)
    return is_new


@dataclass(frozen=True)
class Nudged:
    """How many of those asked for: reminded now; reminded today already; not late, so left alone.

    A person counts once for each course.
    """

    sent: int = 0
    already: int = 0
    not_late: int = 0


@transaction.atomic
def nudge_many(
    *, viewer: Any, duties: Iterable[tuple[int, int]], on: date, is_preview: bool = False
) -> Nudged:
    """Remind everybody who is late of it, once a day for a person and course; four statements.

    The e-mails are a job's work; in the site they are told at once.

    Args:
        duties: ids of person and course. Whom the viewer does not oversee is left alone.
        is_preview: only say what would be done.
    """
    wanted = set(duties)
    late = {
        (row.employee_id, row.course_id): row.due_on
        for row in duties_overseen_by(viewer, on, DutyFilters(state="overdue"))
        .filter(employee__in={pk for pk, _id in wanted})
        .order_by("pk")
        if (row.employee_id, row.course_id) in wanted
    }
    today = Notice.objects.filter(kind=Notice.Kind.NUDGE, occasion=on)
    told = set(today.order_by().values_list("recipient_id", "course_id"))
    fresh = sorted(late.keys() - told)
    outcome = Nudged(len(fresh), len(late) - len(fresh), len(wanted) - len(late))
    if is_preview or not fresh:
        return outcome
    now = timezone.now()
    Notice.objects.bulk_create(
        [
            Notice(
                recipient_id=employee,
                about_id=employee,
                course_id=course,
                kind=Notice.Kind.NUDGE,
                occasion=on,
                due_on=late[employee, course],
                sent_by=viewer,
                created_at=now,
            )
            for employee, course in fresh
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )
    log_record_views(viewer=viewer, subject_ids=[pk for pk, _id in fresh], what=NUDGE)
    start_job(kind=DELIVERY, arguments={"people": sorted({pk for pk, _id in fresh})}, by=viewer)
    return outcome


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
    return sum(deliver_to(pk) for pk in people)


def _unsent() -> Any:
    return (
        Notice.objects.filter(emailed_at__isnull=True, read_at__isnull=True)
        .exclude(recipient__email="")
        .exclude(recipient__notice_preference__by_email=False)
    )


@transaction.atomic
def deliver_to(recipient_id: int) -> bool:
    # Two jobs at once: the second waits here and then finds nothing left to send.
    recipient = Employee.objects.select_for_update().get(pk=recipient_id)
    notices = list(
        _unsent().filter(recipient=recipient).select_related("course", "about").order_by("pk")
    )
    if not notices:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Reminder of mandatory courses")
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
