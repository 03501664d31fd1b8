from datetime import timedelta
from typing import Any

import pytest

from courses.models import Course
from lms.access.models import RecordView
from lms.enrolment.models import Enrolment
from lms.enrolment.rules.services import evaluate_rules
from lms.jobs.models import JobRun
from lms.jobs.nightly import start_nightly
from lms.notices.mailing import mail_everything
from lms.notices.models import MailChoice, Notice
from lms.notices.services import (
    Nudged,
    nudge,
    nudge_many,
    send_reminders,
    set_notice_preferences,
)
from lms.people.calendar import office_today
from lms.people.models import Employee
from tests.factories import (
    complete_course,
    make_audience_rule,
    make_course,
    make_department,
    make_employee,
    make_enrolment,
    make_tier,
)

TODAY = office_today()
TOMORROW = TODAY + timedelta(days=1)
Kind, When = Notice.Kind, MailChoice.When


@pytest.fixture
def people(db: None, settings: Any) -> dict[str, Employee]:
    """A section with somebody soon due, long overdue, just overdue, and done."""
    settings.LMS_SITE_ORIGIN = "https://lms.example.jp"
    section, staff = make_department("0402"), make_tier("G1", rank=10)
    course = make_course("S1", title="情報セキュリティ", title_en="Security")
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
    Notice.objects.all().delete()  # of the certificate
    for name, person in found.items():
        person.email = f"{name}@sakura.example"
        person.save()
    return found


@pytest.fixture
def mail(django_capture_on_commit_callbacks: Any, mailoutbox: list[Any]) -> Any:
    """Does something, commits, and gives the letters that this sends."""

    def sent_by(action: Any) -> list[Any]:
        before = len(mailoutbox)
        with django_capture_on_commit_callbacks(execute=True):
            action()
        return mailoutbox[before:]

    return sent_by


def told() -> set[tuple[str, str, str]]:
    rows = Notice.objects.select_related("recipient", "about")
    return {(row.kind, row.recipient.email.split("@")[0], row.about.name) for row in rows}


def receivers(letters: list[Any]) -> list[str]:
    return sorted(letter.to[0].split("@")[0] for letter in letters)


def test_a_job_that_runs_twice_tells_nothing_twice(people: dict[str, Employee], mail: Any) -> None:
    assert send_reminders(on=TODAY) == 2
    assert told() == {("due_soon", "soon", "soon"), ("escalation", "head", "late")}
    assert send_reminders(on=TODAY) == send_reminders(on=TOMORROW) == 0
    letters = mail(mail_everything)
    assert receivers(letters) == ["head", "soon"]
    assert mail(mail_everything) == []
    letter = next(letter for letter in letters if letter.to == ["soon@sakura.example"])
    assert "情報セキュリティ" in letter.body
    assert "https://lms.example.jp/courses/S1" in letter.body
    assert "https://lms.example.jp/notices/settings" in letter.body


def test_reminders_are_part_of_the_night_and_mailed_once(
    people: dict[str, Employee], mail: Any
) -> None:
    assert receivers(mail(lambda: start_nightly(on=TODAY))) == ["head", "soon"]
    assert mail(lambda: start_nightly(on=TODAY)) == []
    states = JobRun.objects.values_list("kind", "state")
    assert set(states) == {("nightly", "done"), ("mail_notices", "done")}


def test_a_letter_is_in_the_language_the_person_chose(
    people: dict[str, Employee], mail: Any
) -> None:
    set_notice_preferences(employee=people["soon"], language="en")
    send_reminders(on=TODAY)
    letters = {letter.to[0].split("@")[0]: letter for letter in mail(mail_everything)}
    assert "The mandatory course “Security” is due" in letters["soon"].body
    assert "様" in letters["head"].body


def test_whoever_wants_no_e_mail_of_a_kind_is_told_in_the_site_only(
    people: dict[str, Employee], mail: Any
) -> None:
    set_notice_preferences(employee=people["soon"], when={Kind.DUE_SOON: When.NEVER})
    set_notice_preferences(employee=people["head"], when={Kind.DUE_SOON: When.NEVER})
    assert send_reminders(on=TODAY) == 2
    assert receivers(mail(mail_everything)) == ["head"]


def test_what_was_read_in_the_site_is_not_mailed(people: dict[str, Employee], mail: Any) -> None:
    send_reminders(on=TODAY)
    people["soon"].notices.update(read_at=people["soon"].notices.get().created_at)
    assert receivers(mail(mail_everything)) == ["head"]


def test_a_mail_server_that_is_down_loses_nothing(
    people: dict[str, Employee], mail: Any, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    send_reminders(on=TODAY)
    mail(mail_everything)
    run = JobRun.objects.get()
    assert (run.state, "2" in run.message) == (JobRun.State.DONE, True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert receivers(mail(mail_everything)) == ["head", "soon"]


def test_a_head_reminds_a_late_person_once_a_day(people: dict[str, Employee], mail: Any) -> None:
    head = people["head"].user
    late = {"staff_number": people["late"].staff_number, "course": "S1"}
    said: list[bool] = []
    letters = mail(lambda: said.extend(nudge(viewer=head, **late, on=TODAY) for _ in range(2)))
    assert said == [True, False]
    assert receivers(letters) == ["late"]
    assert RecordView.objects.filter(viewer=head, subject=people["late"], what="nudge").count() == 1
    assert nudge(viewer=head, **late, on=TOMORROW)


def test_a_nudge_waits_for_the_digest_of_whoever_wants_one_letter_a_day(
    people: dict[str, Employee], mail: Any
) -> None:
    late = {"staff_number": people["late"].staff_number, "course": "S1"}
    set_notice_preferences(employee=people["late"], when={Kind.NUDGE: When.DAILY})
    assert mail(lambda: nudge(viewer=people["head"].user, **late, on=TODAY)) == []
    assert receivers(mail(mail_everything)) == ["late"]


@pytest.mark.parametrize(("viewer", "person"), [("soon", "late"), ("head", "done"), ("head", "x")])
def test_nobody_reminds_whom_they_do_not_oversee_or_who_is_not_late(
    people: dict[str, Employee], viewer: str, person: str
) -> None:
    number = people[person].staff_number if person in people else "000000"
    with pytest.raises(Employee.DoesNotExist):
        nudge(viewer=people[viewer].user, staff_number=number, course="S1", on=TODAY)
    assert not Notice.objects.exists()


@pytest.fixture
def newcomer(db: None) -> Employee:
    person = make_employee(name="新人")
    person.email = "new@sakura.example"
    person.save()
    return person


def test_a_new_duty_is_told_once_whatever_rules_ask_for_it(newcomer: Employee) -> None:
    course = make_course("S1")
    make_audience_rule(course, is_mandatory=True, due="days", due_days=30)
    evaluate_rules(on=TODAY)
    evaluate_rules(on=TODAY)
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient, notice.about) == (Kind.ASSIGNED, newcomer, newcomer)
    assert (notice.occasion, notice.due_on) == (TODAY, TODAY + timedelta(days=30))
    # Another rule for the same person asks for what they have already.
    tier = newcomer.postings.get().tier
    make_audience_rule(course, tier=tier, is_mandatory=True, due="days", due_days=10)
    evaluate_rules(on=TODAY)
    evaluate_rules(on=TOMORROW)
    assert Notice.objects.count() == 1


def test_an_order_taken_back_on_its_day_was_never_told_unless_by_e_mail(
    newcomer: Employee, mail: Any
) -> None:
    rule = make_audience_rule(make_course("S1"), is_mandatory=True)
    evaluate_rules(on=TODAY)
    rule.delete()
    evaluate_rules(on=TODAY)
    assert not Notice.objects.exists()
    rule = make_audience_rule(make_course("S2"), is_mandatory=True)
    evaluate_rules(on=TODAY)
    assert receivers(mail(mail_everything)) == ["new"]
    rule.delete()
    evaluate_rules(on=TODAY)
    assert Notice.objects.count() == 1


def test_what_is_learned_already_is_no_new_duty(newcomer: Employee) -> None:
    course = make_course("S1")
    make_audience_rule(course)
    complete_course(newcomer, course)
    Notice.objects.all().delete()
    course.audience.update(is_mandatory=True)
    evaluate_rules(on=TODAY)
    assert not Notice.objects.exists()


def test_a_first_assignment_of_everything_is_one_letter_a_person(
    newcomer: Employee, mail: Any
) -> None:
    for number in range(25):
        make_audience_rule(make_course(f"S{number}"), is_mandatory=True)
    assert mail(lambda: evaluate_rules(on=TODAY)) == []
    assert Notice.objects.count() == 25
    (letter,) = mail(mail_everything)
    assert letter.body.count("/courses/") == 20
    assert "ほかに5件" in letter.body
    assert "/notices\n" in letter.body


def test_new_duties_come_at_once_to_whoever_wants_them_so(newcomer: Employee, mail: Any) -> None:
    set_notice_preferences(employee=newcomer, when={Kind.ASSIGNED: When.AT_ONCE})
    make_audience_rule(make_course("S1"), is_mandatory=True)
    assert receivers(mail(lambda: evaluate_rules(on=TODAY))) == ["new"]


def test_a_certificate_is_told_of_with_the_completion(newcomer: Employee) -> None:
    course = make_course("S1")
    complete_course(newcomer, course)
    complete_course(newcomer, course)
    assert [row.kind for row in Notice.objects.all()] == [Kind.CERTIFICATE]


def test_queries_of_telling_do_not_grow_with_people(
    newcomer: Employee, django_assert_max_num_queries: Any
) -> None:
    make_audience_rule(make_course("S1"), is_mandatory=True)
    for _ in range(8):
        make_employee()
    with django_assert_max_num_queries(40):
        evaluate_rules(on=TODAY)
    assert Notice.objects.count() == 9


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
    with django_capture_on_commit_callbacks(execute=True):
        again = nudge_many(viewer=head, duties=duties, on=TODAY)
    assert again == Nudged(already=2, not_late=4)
    assert (len(mailoutbox), JobRun.objects.count()) == (2, 1)


def test_a_single_reminder_of_the_day_counts_among_many(people: dict[str, Employee]) -> None:
    head, late = people["head"].user, people["late"]
    duty = (late.pk, Course.objects.get(key="S1").pk)
    nudge(viewer=head, staff_number=late.staff_number, course="S1", on=TODAY)
    assert nudge_many(viewer=head, duties=[duty], on=TODAY) == Nudged(already=1)
    assert nudge_many(viewer=people["soon"].user, duties=[duty], on=TODAY) == Nudged(not_late=1)
