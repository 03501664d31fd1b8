"""The office notes who was there, and everything that is learned follows; a correction too."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from courses.models import Activity, Course
from lms.certificates.models import Certificate
from lms.enrolment.models import Assignment, AudienceRule
from lms.enrolment.rules.services import evaluate_rules
from lms.exceptions import GradedByServer, NotEnrolled, WorkshopRefused
from lms.flows import record_statements
from lms.lrs.selectors import statement_by_id
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.progress.models import ActivityProgress, CourseProgress
from lms.records.models import Statement
from lms.records.selectors import statements_of
from lms.records.statement import ADL, ATTENDED, EXPERIENCED, VOIDED
from lms.workshops.attendance import record_sheet
from lms.workshops.models import Registration, WorkshopSession
from lms.workshops.services import change_session, register
from skills_matrix.reports.person import my_skills
from tests.factories import (
    hold,
    make_activity,
    make_award,
    make_competency,
    make_seat,
    make_session,
    make_user,
    read_statement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(workshop: Activity, people: list[Employee]) -> WorkshopSession:
    """Two people registered for it, and it is over now."""
    made = make_session(workshop)
    for person in people[:2]:
        register(employee=person, session=made)
    return hold(made)


def mark(session: WorkshopSession, *marks: str, by: Any = None) -> int:
    """The marks of the seats in the order in which they were taken."""
    seats = session.registrations.order_by("pk").values_list("pk", flat=True)
    return record_sheet(session=session, marks=dict(zip(seats, marks, strict=False)), by=by)


def test_who_attended_has_done_the_workshop_and_its_course(
    session: WorkshopSession, people: list[Employee], course: Course
) -> None:
    assert mark(session, "attended", "absent") == 2
    progress = CourseProgress.objects.get()
    assert (progress.employee_id, progress.course_id) == (people[0].pk, course.pk)
    assert progress.completed_at == progress.assured_at == session.ends_at
    assert Certificate.objects.get().employee_id == people[0].pk


def test_it_is_a_statement_of_the_server(
    session: WorkshopSession, people: list[Employee], workshop: Activity
) -> None:
    mark(session, "attended")
    said = Statement.objects.get(activity=workshop)
    assert (said.verb, said.timestamp) == (ATTENDED, session.ends_at)
    assert said.statement["actor"]["account"]["name"] == str(people[0].uuid)
    assert said.statement["result"] == {"completion": True, "duration": "PT120M"}
    assert Statement.objects.get(activity=workshop.lesson).verb == EXPERIENCED


def test_saying_it_twice_stores_it_once(session: WorkshopSession) -> None:
    mark(session, "attended")
    assert mark(session, "attended") == 0
    assert Statement.objects.count() == 2


def test_a_sheet_of_long_ago_is_recorded_on_its_day(session: WorkshopSession) -> None:
    hold(session, ago=timedelta(days=200))
    mark(session, "attended")
    assert CourseProgress.objects.get().completed_at == session.ends_at


def test_the_rest_of_a_blended_course_is_still_to_be_done(
    session: WorkshopSession, people: list[Employee], workshop: Activity
) -> None:
    make_activity(workshop.lesson, "Q1", pass_mark=0.8)
    mark(session, "attended")
    progress = CourseProgress.objects.get()
    assert (progress.done_count, progress.total_count, progress.completed_at) == (2, 3, None)


def test_reading_about_it_is_not_attending(
    session: WorkshopSession, people: list[Employee], workshop: Activity
) -> None:
    record_statements(employee=people[0], statements=read_statement(workshop.lesson))
    progress = CourseProgress.objects.get()
    assert (progress.done_count, progress.total_count, progress.completed_at) == (1, 2, None)


@pytest.mark.parametrize("verb", ["attended", "completed", "answered"])
def test_no_browser_says_that_somebody_attended(
    session: WorkshopSession, people: list[Employee], workshop: Activity, verb: str
) -> None:
    said = read_statement(workshop) | {"verb": {"id": ADL + verb}}
    with pytest.raises(GradedByServer):
        record_statements(employee=people[0], statements=said)
    assert not Statement.objects.exists()


def test_a_browser_that_attends_a_lesson_has_not_read_it(
    session: WorkshopSession, people: list[Employee], workshop: Activity
) -> None:
    said = read_statement(workshop.lesson) | {"verb": {"id": ATTENDED}}
    record_statements(employee=people[0], statements=said)
    assert ActivityProgress.objects.get().done_at is None


def test_a_correction_takes_back_what_followed(
    session: WorkshopSession, people: list[Employee], course: Course, workshop: Activity
) -> None:
    AudienceRule.objects.update(is_mandatory=True)
    evaluate_rules(on=office_today())
    mark(session, "attended")
    evaluate_rules(on=office_today())
    asked = Assignment.objects.filter(employee=people[0])
    assert asked.get().completed_at is not None
    mark(session, "absent")
    assert not CourseProgress.objects.exists()
    assert not ActivityProgress.objects.exists()
    certificate = Certificate.objects.get()
    assert (certificate.state, certificate.is_withdrawn) == ("revoked", True)
    assert asked.get().completed_at is None
    voiding = Statement.objects.get(voids__activity=workshop)
    attended = voiding.voids
    assert voiding.verb == VOIDED
    assert voiding.statement["object"] == {
        "objectType": "StatementRef",
        "id": str(attended.pk if attended else ""),
    }


def test_voided_statements_are_read_only_as_voided(
    session: WorkshopSession, people: list[Employee], workshop: Activity
) -> None:
    mark(session, "attended")
    attended = Statement.objects.get(activity=workshop)
    mark(session, "absent")
    assert attended not in statements_of(people[0])
    assert statement_by_id(attended.pk, mine=None, voided=False) is None
    assert statement_by_id(attended.pk, mine=None, voided=True) == attended


def test_what_was_read_by_oneself_stays_after_a_correction(
    session: WorkshopSession, people: list[Employee], workshop: Activity
) -> None:
    record_statements(employee=people[0], statements=read_statement(workshop.lesson))
    mark(session, "attended")
    mark(session, "")
    progress = CourseProgress.objects.get()
    assert (progress.done_count, progress.completed_at) == (1, None)


def test_corrected_twice_it_counts_again_and_so_does_the_certificate(
    session: WorkshopSession, people: list[Employee], course: Course
) -> None:
    mark(session, "attended")
    code = Certificate.objects.get().code
    for again in ("absent", "attended"):
        mark(session, again)
    assert CourseProgress.objects.get().completed_at == session.ends_at
    certificate = Certificate.objects.get()
    assert (certificate.code, certificate.state) == (code, "valid")


def test_replaying_gives_what_recording_and_correcting_gave(
    session: WorkshopSession, people: list[Employee]
) -> None:
    mark(session, "attended", "attended")
    mark(session, "absent")
    before = list(CourseProgress.objects.values("employee", "done_count", "completed_at"))
    assert [row["employee"] for row in before] == [people[1].pk]
    call_command("replay_statements", "--quiet")
    assert list(CourseProgress.objects.values("employee", "done_count", "completed_at")) == before


def test_attending_is_evidence_of_what_the_course_awards(
    session: WorkshopSession, people: list[Employee], course: Course
) -> None:
    competency = make_competency("K1")
    make_award(course, competency, level=2)
    mark(session, "attended")

    def levels() -> list[int | None]:
        found = my_skills(employee=people[0], as_of=timezone.now())
        return [row.level for row in found.rows if row.competency.key == "K1"]

    assert levels() == [2]
    mark(session, "absent")
    assert levels() == []


def refusal(session: WorkshopSession, marks: dict[int, str]) -> str:
    with pytest.raises(WorkshopRefused) as refused:
        record_sheet(session=session, marks=marks, by=None)
    return refused.value.code


def test_nobody_attends_before_it_begins(workshop: Activity, people: list[Employee]) -> None:
    coming = make_session(workshop)
    seat = register(employee=people[0], session=coming)
    assert refusal(coming, {seat.pk: "attended"}) == "too_early"


def test_only_seats_of_this_session_are_on_its_sheet(
    session: WorkshopSession, workshop: Activity, people: list[Employee]
) -> None:
    elsewhere = make_seat(make_session(workshop), people[2])
    waiting = make_seat(session, people[3], state=Registration.State.WAITING)
    for row in (elsewhere, waiting):
        assert refusal(session, {row.pk: "attended"}) == "not_a_seat"
    assert not Statement.objects.exists()


def test_somebody_who_left_the_course_spoils_no_part_of_the_sheet(
    session: WorkshopSession, people: list[Employee]
) -> None:
    people[1].enrolments.all().delete()
    with pytest.raises(NotEnrolled):
        mark(session, "attended", "attended")
    assert not Statement.objects.exists()
    assert set(session.registrations.values_list("attendance", flat=True)) == {""}


def test_a_session_that_was_attended_is_neither_moved_nor_cancelled(
    session: WorkshopSession,
) -> None:
    mark(session, "attended")
    with pytest.raises(WorkshopRefused) as refused:
        change_session(
            session=session, plan={"ends_at": session.ends_at + timedelta(hours=1)}, by=None
        )
    assert refused.value.code == "attended"


def test_who_recorded_what_is_in_the_log_of_the_course(
    session: WorkshopSession, people: list[Employee], course: Course
) -> None:
    by = make_user("hr")
    mark(session, "attended", by=by)
    mark(session, "absent", by=by)
    entries = ModelLogEntry.objects.filter(action="lms_core.attendance_recorded")
    assert [entry.user for entry in entries] == [by, by]
    changes = [entry.data["changes"] for entry in entries.order_by("pk")]
    number = people[0].staff_number
    assert changes == [
        [{"staff_number": number, "from": "", "to": "attended"}],
        [{"staff_number": number, "from": "attended", "to": "absent"}],
    ]
