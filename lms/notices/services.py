"""Telling people: what was told once is not told again, however often the job runs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, Func, Min, OuterRef, UUIDField
from django.utils import timezone

from courses.models import Course
from lms.access.services import log_record_views
from lms.conf import conf
from lms.enrolment.rules.insertion import insert_from
from lms.enrolment.rules.selectors import BINDING_DUE, open_assignments, unfinished
from lms.notices.mailing import mail_at_once
from lms.notices.models import MailChoice, Notice, NoticePreference
from lms.notices.selectors import notices_of, unsent
from lms.oversight.duties import DutyFilters, assigned, duties_overseen_by
from lms.oversight.heads import heads_of_staff
from lms.people.models import Employee

NUDGE = "nudge"


class NewUuid(Func):
    """One more for each row that the database makes."""

    arity = 0
    template = "gen_random_uuid()"
    output_field = UUIDField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="lower(hex(randomblob(16)))", **context)

    def get_group_by_cols(self) -> list[Any]:
        return []


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
        mail_at_once([notice.recipient_id])
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
    mail_at_once(pk for pk, _id in fresh)
    return outcome


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
    """Tell people of a workshop session, by e-mail as they chose; gives how many.

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
    mail_at_once(row.recipient_id for row in notices)
    return Notice.objects.count() - before


@transaction.atomic
def send_reminders(*, on: date) -> int:
    """Remind those whose course is due soon, and tell heads who is long overdue.

    Gives how many notices are new. The same day twice gives nothing new; a day that was missed is
    made up for. Whoever nobody heads is told of by nobody.
    """
    now = timezone.now()
    is_open = assigned(on).filter(completed_at__isnull=True)
    last = on + timedelta(days=conf.REMINDER_DAYS)
    due_soon = _insert(
        Notice.Kind.DUE_SOON,
        is_open.filter(due_on__range=(on, last)),
        {"occasion": F("due_on"), "due_on": F("due_on"), "created_at": now},
    )
    heads = heads_of_staff(on)
    Notice.objects.bulk_create(
        [
            Notice(
                recipient_id=head,
                about_id=row.employee_id,
                course_id=row.course_id,
                kind=Notice.Kind.ESCALATION,
                occasion=row.due_on,
                due_on=row.due_on,
                created_at=now,
            )
            for row in is_open.filter(due_on__lte=on - timedelta(days=conf.ESCALATION_DAYS))
            for head in sorted(heads.get(row.employee_id, ()))
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )
    new = Notice.objects.filter(created_at=now)
    mail_at_once(_wanted_at_once(new))
    return due_soon + new.filter(kind=Notice.Kind.ESCALATION).count()


def tell_of_duties(*, on: date, course: Course | None = None) -> int:
    """Tell everybody of the mandatory courses that became theirs on that day; gives how many.

    One notice per person and course: a second rule that asks for a course somebody has already
    says nothing new, a new period does. What was told that day and holds no more is withdrawn,
    unless an e-mail has told of it. Twice gives nothing new.

    Args:
        course: None = every course.
    """
    now = timezone.now()
    rows = open_assignments(None if course is None else [course])
    told = Notice.objects.filter(kind=Notice.Kind.ASSIGNED, occasion=on, emailed_at=None)
    if course is not None:
        told = told.filter(course=course)
    held = rows.filter(employee=OuterRef("recipient"), course=OuterRef("course"))
    told.exclude(Exists(held)).delete()
    asked = unfinished(rows).order_by().values("employee_id", "course_id")
    count = _insert(
        Notice.Kind.ASSIGNED,
        asked.annotate(first=Min("entered_on")).filter(first=on),
        {"occasion": on, "due_on": Min(BINDING_DUE), "created_at": now},
    )
    if count:
        mail_at_once(_wanted_at_once(told.filter(created_at=now)))
    return count


def tell_of_certificates(*, certified: Iterable[tuple[int, int, date]]) -> None:
    """Tell people that they are certified: employee's id, course's id, the day that is certified.

    Twice tells nothing new.
    """
    now = timezone.now()
    Notice.objects.bulk_create(
        [
            Notice(
                recipient_id=employee_id,
                about_id=employee_id,
                course_id=course_id,
                kind=Notice.Kind.CERTIFICATE,
                occasion=day,
                created_at=now,
            )
            for employee_id, course_id, day in certified
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )
    mail_at_once(_wanted_at_once(Notice.objects.filter(created_at=now)))


@dataclass(frozen=True)
class Topic:
    """What a notice is of that is no course; `path` is where in the site it leads."""

    key: str
    title_ja: str
    title_en: str
    path: str


def tell_of_topic(
    *,
    kind: str,
    topic: Topic,
    recipients: Iterable[int],
    occasion: date,
    about: int | None = None,
    due_on: date | None = None,
    sent_by: Any = None,
) -> int:
    """Tell people, by e-mail as they chose; gives how many had not been told of that occasion.

    Args:
        recipients: ids of employees.
        about: id of the employee it is about; None = the recipient.
    """
    now = timezone.now()
    told = Notice.objects.filter(kind=kind, topic=topic.key, occasion=occasion)
    known = set(told.order_by().values_list("recipient_id", flat=True))
    fresh = sorted(set(recipients) - known)
    Notice.objects.bulk_create(
        [
            Notice(
                recipient_id=pk,
                about_id=about or pk,
                kind=kind,
                topic=topic.key,
                topic_ja=topic.title_ja,
                topic_en=topic.title_en,
                path=topic.path,
                occasion=occasion,
                due_on=due_on,
                sent_by=sent_by,
                created_at=now,
            )
            for pk in fresh
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )
    mail_at_once(_wanted_at_once(told.filter(recipient__in=fresh)))
    return len(fresh)


def withdraw_topic(*, kind: str, topic: str, recipients: Iterable[int]) -> None:
    """Take back what turned out not to be so. What was mailed or read stays: it was told."""
    Notice.objects.filter(
        kind=kind, topic=topic, recipient__in=list(recipients), emailed_at=None, read_at=None
    ).delete()


def settle_topic(*, kind: str, topic: str, recipients: Iterable[int]) -> None:
    """Nobody needs to act on it any more: it counts as read, and is not mailed."""
    Notice.objects.filter(
        kind=kind, topic=topic, recipient__in=list(recipients), read_at=None
    ).update(read_at=timezone.now())


def withdraw_duties(*, employee_ids: Iterable[int], on: date) -> None:
    """Take back what these people were told that day of new duties, as if nothing had been said."""
    Notice.objects.filter(
        kind=Notice.Kind.ASSIGNED, occasion=on, recipient__in=list(employee_ids)
    ).delete()


def _insert(kind: Notice.Kind, rows: Any, columns: Mapping[str, Any]) -> int:
    """A notice to whoever a row with `employee_id` and `course_id` is of, if they had none yet."""
    return insert_from(
        Notice,
        rows,
        {
            "uuid": NewUuid(),
            "recipient": F("employee_id"),
            "about": F("employee_id"),
            "course": F("course_id"),
            "kind": str(kind),
            "session": None,
            "starts_at": None,
            "detail": "",
            **dict.fromkeys(("topic", "topic_ja", "topic_en", "path"), ""),
            "sent_by": None,
            "read_at": None,
            "emailed_at": None,
            **columns,
        },
    )


def _wanted_at_once(notices: Any) -> list[int]:
    """Ids of those who want to hear of these at once."""
    rows = unsent().filter(pk__in=notices.values("pk"), when=MailChoice.When.AT_ONCE)
    return list(rows.order_by("recipient").values_list("recipient", flat=True).distinct())


def mark_read(*, employee: Employee, uuid: UUID | None = None) -> int:
    """Note that the person has read one notice of theirs, or all; gives how many were unread.

    Raises:
        Notice.DoesNotExist: it is not theirs.
    """
    rows = notices_of(employee)
    if uuid is not None:
        rows = rows.filter(uuid=uuid)
        if not rows.exists():
            raise Notice.DoesNotExist
    return rows.filter(read_at__isnull=True).update(read_at=timezone.now())


@transaction.atomic
def set_notice_preferences(
    *, employee: Employee, language: str | None = None, when: Mapping[str, str] | None = None
) -> None:
    """Keep what the person chose; what is not given stays as it was.

    Args:
        language: of the e-mail; "" = the office's.
        when: kind of notice -> a value of `MailChoice.When`.
    """
    if language is not None:
        NoticePreference.objects.update_or_create(
            employee=employee, defaults={"language": language}
        )
    MailChoice.objects.bulk_create(
        [
            MailChoice(employee=employee, kind=kind, when=value)
            for kind, value in (when or {}).items()
        ],
        update_conflicts=True,
        unique_fields=["employee", "kind"],
        update_fields=["when"],
    )
