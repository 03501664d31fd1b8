from datetime import timedelta
from typing import Any

import pytest

from courses.models import Course
from lms.access.models import RecordView
from lms.enrolment.models import Enrolment
from lms.jobs.models import JobRun
from lms.notices.models import Notice, NoticePreference
from lms.notices.services import Nudged, nudge, nudge_many, send_reminders
from lms.people.calendar import office_today
from lms.people.models import Employee
from tests.factories import (
    complete_course,
    make_course,
    make_department,
    make_employee,
    make_enrolment,
    make_tier,
)

TODAY = office_today()


@pytest.fixture
def people(db: None, settings: Any) -> dict[str, Employee]:
    """A section with somebody soon due, long overdue, just overdue, and done."""
    settings.LMS_SITE_ORIGIN = "https://lms.example.jp"
    section, staff = make_department("0402"), make_tier("G1", rank=10)
    course = make_course("S1", title="情報セキュリティ")
    due = {"soon": 3, "later": 30, "late": -10, "yesterday": -1, "done": -10}
    found = {"head": make_employee(department=section, tier=make_tier("G5", rank=50))}
    for name, days in due.items():
        found[name] = make_employee(name=name, department=section, tier=staff)
        make_enrolment(
            found[name],
            course,
            source=Enrolment.Source.ASSIGNED,
            due_on=TODAY + timedelta(days=days),
        )
    complete_course(found["done"], course)
    for name, person in found.items():
        person.email = f"{name}@sakura.example"
        person.save()
    return found


def told() -> set[tuple[str, str, str]]:
    rows = Notice.objects.select_related("recipient", "about")
    return {(row.kind, row.recipient.email.split("@")[0], row.about.name) for row in rows}


def test_a_job_that_runs_twice_tells_nothing_twice(
    people: dict[str, Employee], mailoutbox: list[Any]
) -> None:
    assert send_reminders(on=TODAY) == (2, 2)
    assert told() == {("due_soon", "soon", "soon"), ("escalation", "head", "late")}
    assert send_reminders(on=TODAY) == (0, 0)
    assert send_reminders(on=TODAY + timedelta(days=1)) == (0, 0)
    assert len(mailoutbox) == 2
    mail = next(mail for mail in mailoutbox if mail.to == ["soon@sakura.example"])
    assert "情報セキュリティ" in mail.body
    assert "https://lms.example.jp/courses/S1" in mail.body


def test_whoever_wants_no_e_mail_is_told_in_the_site_only(
    people: dict[str, Employee], mailoutbox: list[Any]
) -> None:
    NoticePreference.objects.create(employee=people["soon"], by_email=False)
    assert send_reminders(on=TODAY) == (2, 1)
    assert [mail.to for mail in mailoutbox] == [["head@sakura.example"]]


def test_a_mail_server_that_is_down_loses_nothing(
    people: dict[str, Employee], mailoutbox: list[Any], settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert send_reminders(on=TODAY) == (2, 0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_reminders(on=TODAY) == (0, 2)


def test_a_head_reminds_a_late_person_once_a_day(
    people: dict[str, Employee],
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    head = people["head"].user
    late = {"staff_number": people["late"].staff_number, "course": "S1"}
    with django_capture_on_commit_callbacks(execute=True):
        assert nudge(viewer=head, **late, on=TODAY)
        assert not nudge(viewer=head, **late, on=TODAY)
    assert [mail.to for mail in mailoutbox] == [["late@sakura.example"]]
    assert RecordView.objects.filter(viewer=head, subject=people["late"], what="nudge").count() == 1
    assert nudge(viewer=head, **late, on=TODAY + timedelta(days=1))


@pytest.mark.parametrize(("viewer", "person"), [("soon", "late"), ("head", "done"), ("head", "x")])
def test_nobody_reminds_whom_they_do_not_oversee_or_who_is_not_late(
    people: dict[str, Employee], viewer: str, person: str
) -> None:
    number = people[person].staff_number if person in people else "000000"
    with pytest.raises(Employee.DoesNotExist):
        nudge(viewer=people[viewer].user, staff_number=number, course="S1", on=TODAY)
    assert not Notice.objects.exists()


def test_many_are_reminded_at_once_as_the_preview_says_and_mailed_by_a_job(
    people: dict[str, Employee],
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    head, course = people["head"].user, Course.objects.get(key="S1")
    duties = [(person.pk, course.pk) for person in people.values()]
    shown = nudge_many(viewer=head, duties=duties, on=TODAY, is_preview=True)
    assert not Notice.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert nudge_many(viewer=head, duties=duties, on=TODAY) == shown
    assert shown == Nudged(sent=2, already=0, not_late=4)
    assert told() == {("nudge", "late", "late"), ("nudge", "yesterday", "yesterday")}
    assert sorted(mail.to[0] for mail in mailoutbox) == [
        "late@sakura.example",
        "yesterday@sakura.example",
    ]
    assert JobRun.objects.get().state == JobRun.State.DONE
    assert nudge_many(viewer=head, duties=duties, on=TODAY) == Nudged(already=2, not_late=4)
    assert len(mailoutbox) == JobRun.objects.count() + 1 == 2


def test_a_single_reminder_of_the_day_counts_among_many(people: dict[str, Employee]) -> None:
    head, late = people["head"].user, people["late"]
    duty = (late.pk, Course.objects.get(key="S1").pk)
    nudge(viewer=head, staff_number=late.staff_number, course="S1", on=TODAY)
    assert nudge_many(viewer=head, duties=[duty], on=TODAY) == Nudged(already=1)
    assert nudge_many(viewer=people["soon"].user, duties=[duty], on=TODAY) == Nudged(not_late=1)
