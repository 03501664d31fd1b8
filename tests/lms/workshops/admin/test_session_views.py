"""Planning sessions and keeping their sheets, as HR, as an outside author, as a stranger."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from courses.authoring.check.course import check_course
from courses.authoring.drafts import course_draft
from courses.authoring.services import set_up_authors
from courses.catalogue.selectors import course_pages
from courses.models import Activity, Course
from courses.pages.models import CoursePage, CourseSectionPage
from courses.starter.load import course_index
from lms.access.models import RecordView
from lms.notices.models import Notice
from lms.people.models import Employee
from lms.progress.models import CourseProgress
from lms.starter.accounts import HR_PERMISSIONS
from lms.workshops.models import Registration, WorkshopSession
from lms.workshops.services import register
from tests.factories import (
    hold,
    make_course,
    make_department,
    make_employee,
    make_seat,
    make_session,
    make_user,
    make_workshop,
)

pytestmark = pytest.mark.django_db

PLAN = {
    "starts_at": "2030-01-15T13:30",
    "ends_at": "2030-01-15T17:00",
    "closes_at": "2030-01-14T17:00",
    "capacity": "24",
    "place": "本庁舎5階 第1研修室",
    "instructor": "外部講師 林",
}


def client_of(username: str, **fields: Any) -> Client:
    client = Client(headers={"accept-language": "ja"})
    client.force_login(make_user(username, **fields))
    return client


@pytest.fixture
def hr() -> Client:
    return client_of("hr", permissions=[".".join(pair) for pair in HR_PERMISSIONS])


@pytest.fixture
def author(course: Course) -> Client:
    """Somebody from outside who writes the course; it is published."""
    section = course_index().add_child(instance=CourseSectionPage(title="業務改革", slug="mine"))
    CoursePage.objects.get(course=course).move(section, pos="last-child")
    client = client_of("author")
    client_user = client.session["_auth_user_id"]
    set_up_authors(section=section).user_set.add(client_user)
    return client


@pytest.fixture
def stranger() -> Client:
    return client_of("stranger", permissions=["wagtailadmin.access_admin"])


@pytest.fixture
def session(workshop: Activity, people: list[Employee]) -> WorkshopSession:
    made = make_session(workshop, capacity=2)
    for person in people[:3]:
        register(employee=person, session=made)
    return made


def address(name: str, course: Course, session: WorkshopSession | None = None) -> str:
    return reverse(f"lms_core_{name}", args=[course.pk, *([session.uuid] if session else [])])


def test_hr_plans_a_session(hr: Client, course: Course) -> None:
    assert "予定されている回はありません" in hr.get(address("sessions", course)).content.decode()
    response = hr.post(address("session_new", course), PLAN, follow=True)
    assert "本庁舎5階 第1研修室" in response.content.decode()
    made = WorkshopSession.objects.get()
    assert timezone.localtime(made.starts_at).isoformat() == "2030-01-15T13:30:00+09:00"
    assert made.closes_at < made.starts_at
    assert ModelLogEntry.objects.get(action="lms_core.session_planned").user.username == "hr"


def test_registration_closes_with_the_beginning_where_nothing_is_said(
    hr: Client, course: Course
) -> None:
    hr.post(address("session_new", course), PLAN | {"closes_at": ""})
    made = WorkshopSession.objects.get()
    assert made.closes_at == made.starts_at


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends_at": "2030-01-15T13:00"}, "終了は開始より後の日時にしてください。"),
        ({"place": ""}, "会場を入力するか"),
        ({"capacity": "0"}, "1 以上"),
        ({"starts_at": "あした"}, "日時を正しく"),
    ],
)
def test_a_fault_stands_beside_its_field_and_nothing_is_lost(
    hr: Client, course: Course, wrong: dict[str, str], said: str
) -> None:
    page = hr.post(address("session_new", course), PLAN | wrong).content.decode()
    assert said in page
    assert "外部講師 林" in page
    assert not WorkshopSession.objects.exists()


def test_a_course_of_two_workshops_asks_which(hr: Client, course: Course) -> None:
    second = make_workshop(course.activities.get(kind="lesson"), "W2")
    assert 'name="activity"' in hr.get(address("session_new", course)).content.decode()
    hr.post(address("session_new", course), PLAN | {"activity": second.pk})
    assert WorkshopSession.objects.get().activity == second


def test_changing_a_session_keeps_what_the_form_shows(
    hr: Client, course: Course, session: WorkshopSession
) -> None:
    page = hr.get(address("session_edit", course, session)).content.decode()
    begins = timezone.localtime(session.starts_at)
    assert f'value="{begins:%Y-%m-%dT%H:%M}"' in page
    hr.post(address("session_edit", course, session), PLAN | {"capacity": "3"})
    session.refresh_from_db()
    assert session.capacity == 3
    assert set(session.registrations.values_list("state", flat=True)) == {"registered"}


def test_cancelling_asks_why_and_tells_everybody(
    hr: Client, course: Course, session: WorkshopSession
) -> None:
    place = address("session_cancel", course, session)
    assert "3人" in hr.get(place).content.decode()
    hr.post(place, {"reason": ""})
    session.refresh_from_db()
    assert session.cancelled_at is None
    hr.post(place, {"reason": "講師が都合により来られないため"})
    session.refresh_from_db()
    assert session.cancelled_reason == "講師が都合により来られないため"
    assert Notice.objects.filter(kind="session_off").count() == 3


def test_the_sheet_completes_the_course_of_who_attended(
    hr: Client, course: Course, session: WorkshopSession, people: list[Employee]
) -> None:
    place = address("session_sheet", course, session)
    assert "研修が始まると" in hr.get(place).content.decode()
    hold(session)
    assert "全員を出席にする" in hr.get(place).content.decode()
    first, second = session.registrations.filter(state="registered").order_by("pk")
    sent = {f"seat-{first.pk}": "attended", f"seat-{second.pk}": "absent"}
    page = hr.post(place, sent, follow=True).content.decode()
    assert "2件の出欠を記録しました。" in page
    assert list(CourseProgress.objects.values_list("employee", flat=True)) == [people[0].pk]
    first.refresh_from_db()
    assert first.attendance_by.username == "hr"


def test_a_line_that_is_not_sent_stays(
    hr: Client, course: Course, session: WorkshopSession
) -> None:
    hold(session)
    first, second = session.registrations.filter(state="registered").order_by("pk")
    hr.post(address("session_sheet", course, session), {f"seat-{first.pk}": "attended"})
    hr.post(address("session_sheet", course, session), {f"seat-{second.pk}": "attended"})
    marks = session.registrations.filter(state="registered").values_list("attendance", flat=True)
    assert set(marks) == {"attended"}


def test_the_file_is_for_excel_and_runs_nothing(
    hr: Client, course: Course, workshop: Activity
) -> None:
    session = make_session(workshop, starts_at=datetime.fromisoformat("2030-01-15T13:30+09:00"))
    section = make_department(title="国保年金課")
    make_seat(session, make_employee("123456", name="=HYPERLINK(1)", department=section))
    response = hr.get(address("session_sheet_file", course, session))
    assert response["Content-Disposition"] == 'attachment; filename="attendance-W100-20300115.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    header, line = response.content.decode("utf-8-sig").splitlines()
    assert header.startswith("番号,職員番号,氏名,")
    assert line.startswith("1,123456,'=HYPERLINK(1),")
    assert "国保年金課" in line


def test_whoever_looks_at_the_sheet_is_noted(
    hr: Client, course: Course, session: WorkshopSession
) -> None:
    for name in ("session_sheet", "session_sheet_file"):
        hr.get(address(name, course, session))
    seen = RecordView.objects.filter(what="attendance")
    assert seen.count() == 2 * 3


def test_an_outside_author_plans_and_sees_no_names(
    author: Client, course: Course, session: WorkshopSession, people: list[Employee]
) -> None:
    page = author.get(address("sessions", course)).content.decode()
    assert "2 / 2" in page
    assert "参加者と出欠" not in page
    assert author.post(address("session_new", course), PLAN).status_code == 302
    for name in ("session_sheet", "session_sheet_file"):
        response = author.get(address(name, course, session), follow=True)
        assert people[0].name not in response.content.decode()
    hold(session)
    seat = session.registrations.first()
    author.post(address("session_sheet", course, session), {f"seat-{seat.pk}": "attended"})
    assert not Registration.objects.exclude(attendance="").exists()


@pytest.mark.parametrize(
    "name", ["sessions", "session_new", "session_edit", "session_cancel", "session_sheet"]
)
def test_a_stranger_is_kept_out(
    stranger: Client, course: Course, session: WorkshopSession, name: str
) -> None:
    one = None if name in {"sessions", "session_new"} else session
    for ask in (stranger.get, stranger.post):
        response = ask(address(name, course, one), {"reason": "x"} | PLAN)
        assert response.status_code == 302
        assert response["Location"] == reverse("wagtailadmin_home")
    assert WorkshopSession.objects.filter(cancelled_at=None).count() == 1


def test_the_session_of_another_course_is_not_found(
    hr: Client, course: Course, session: WorkshopSession
) -> None:
    other = make_course("C9", activities=0)
    make_workshop(other.activities.get())
    assert hr.get(address("session_sheet", other, session)).status_code == 404


def test_a_course_without_workshops_has_no_such_tab(hr: Client) -> None:
    other = make_course("C9")
    assert hr.get(address("sessions", other)).status_code == 302
    assert (
        address("sessions", other) not in hr.get(reverse("lms_courses_admin_list")).content.decode()
    )


def test_the_course_check_knows_a_workshop_that_nobody_can_go_to(
    course: Course, workshop: Activity
) -> None:
    def found() -> list[str]:
        draft = course_draft(course_pages(course)[0])
        return [
            row.severity for row in check_course(draft) if row.code == "workshop_without_session"
        ]

    assert found() == ["warning"]
    session = make_session(workshop)
    assert found() == []
    hold(session, ago=timedelta(days=3))
    assert found() == ["warning"]
