import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from courses.models import Course
from lms.access.models import RecordView
from lms.enrolment.models import Enrolment
from lms.flows import record_statements
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.people.selectors import VIEW_ALL_EMPLOYEES
from tests.api.problems import problem_of
from tests.factories import (
    answer_statement,
    complete_course,
    make_course,
    make_department,
    make_employee,
    make_enrolment,
    make_tier,
    read_statement,
)

OVERSIGHT = "/api/v1/oversight/"
DUTIES = "/api/v1/oversight/duties/"
ASSIGNED = Enrolment.Source.ASSIGNED


class Section:
    """税務課 with a head and people in every state; somebody of another section is late too."""

    def __init__(self) -> None:
        staff = make_tier("G1", rank=10)
        self.department = make_department("0402", title="税務課")
        self.head = make_employee(
            department=self.department, tier=make_tier("G5", rank=50), kana="カチョウ"
        )
        self.course = make_course("S1", title="情報セキュリティ", lessons=2)
        self.yesterday = office_today() - timedelta(days=1)
        self.staff = staff
        self.people = {
            kana: self.assign(make_employee(kana=kana, department=self.department, tier=staff))
            for kana in ("ア", "イ", "ウ", "エ")
        }
        self.soon = self.assign(
            make_employee(kana="オ", department=self.department, tier=staff),
            due_on=office_today() + timedelta(days=9),
        )
        self.stranger = self.assign(make_employee(kana="カ", tier=staff))
        lesson = self.course.activities.get(key="L1")
        record_statements(employee=self.people["イ"], statements=[read_statement(lesson)])
        question = self.course.activities.get(key="L2-1")
        for _ in range(3):
            record_statements(
                employee=self.people["ウ"], statements=[answer_statement(question, score=0.1)]
            )
        complete_course(self.people["エ"], self.course)

    def assign(
        self, employee: Employee, *, course: Course | None = None, due_on: date | None = None
    ) -> Employee:
        make_enrolment(
            employee,
            course or self.course,
            source=ASSIGNED,
            due_on=due_on or self.yesterday,
        )
        return employee


@pytest.fixture
def section(db: None) -> Section:
    return Section()


@pytest.fixture
def head(section: Section, visitor_of: Callable[[Any], Client]) -> Client:
    return visitor_of(section.head)


def test_overdue_come_first_each_with_the_reason(head: Client) -> None:
    body = head.get(DUTIES).json()
    assert [row["person"]["kana"] for row in body["results"]] == ["ア", "イ", "ウ", "オ", "エ"]
    reasons = {row["person"]["kana"]: row["reason"] for row in body["results"]}
    assert reasons["ア"]["code"] in {"not_started", "joined_late"}
    assert reasons["イ"]["code"] == "stopped"
    assert "レッスンL1" in reasons["イ"]["text"]
    assert reasons["ウ"]["code"] == "failed"
    assert "確認問題L2-1" in reasons["ウ"]["text"]
    assert "3 times" in reasons["ウ"]["text"]
    assert reasons["エ"] is None
    assert reasons["オ"] is None
    done = {row["person"]["kana"]: row["progress"]["done"] for row in body["results"]}
    assert done == {"ア": 0, "イ": 1, "ウ": 0, "エ": 4, "オ": 0}
    assert {row["progress"]["total"] for row in body["results"]} == {4}


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("state=overdue", ["ア", "イ", "ウ"]),
        ("state=to_do", ["ア", "イ", "ウ", "オ"]),
        ("state=done", ["エ"]),
        ("course=S1&state=done", ["エ"]),
        ("course=nothing", []),
        ("department=0402&state=done", ["エ"]),
        ("department=0900", []),
        ("person=イ", ["イ"]),
        ("page=2&page_size=2", ["ウ", "オ"]),
    ],
)
def test_the_list_can_be_narrowed(head: Client, query: str, people: list[str]) -> None:
    rows = head.get(f"{DUTIES}?{query}").json()["results"]
    assert [row["person"]["kana"] for row in rows] == people


def test_the_sums_and_choices_are_of_the_section(head: Client) -> None:
    body = head.get(OVERSIGHT).json()
    assert body["counts"] == {"people": 5, "all": 5, "overdue": 3, "to_do": 4, "done": 1}
    assert body["departments"] == [{"key": "0402", "title": "税務課", "depth": 0}]
    assert [row["key"] for row in body["courses"]] == ["S1"]


def test_hr_sees_every_section(section: Section, visitor_of: Callable[[Any], Client]) -> None:
    hr = visitor_of(make_employee(permissions=[VIEW_ALL_EMPLOYEES]))
    assert hr.get(OVERSIGHT).json()["counts"]["people"] == 6
    assert hr.get("/api/v1/me/").json()["can"]["oversee"]


def test_nobody_else_sees_anything(section: Section, visitor_of: Callable[[Any], Client]) -> None:
    for who in (section.people["ア"], section.stranger):
        visitor = visitor_of(who)
        problem_of(visitor.get(OVERSIGHT), 403, "permission_denied")
        problem_of(visitor.get(DUTIES), 403, "permission_denied")
        problem_of(visitor.get(f"{DUTIES}?format=csv"), 403, "permission_denied")
        assert not visitor.get("/api/v1/me/").json()["can"]["oversee"]
    assert not RecordView.objects.exists()


def test_every_look_is_logged_once_a_person(section: Section, head: Client) -> None:
    head.get(f"{DUTIES}?state=overdue")
    seen = RecordView.objects.filter(viewer=section.head.user, what="oversight")
    assert {row.subject for row in seen} == {section.people[kana] for kana in "アイウ"}
    head.get(f"{DUTIES}?format=csv")
    assert RecordView.objects.filter(what="oversight.csv").count() == 5


def test_the_file_opens_in_excel_and_holds_all_pages(section: Section, head: Client) -> None:
    person = section.people["ア"]
    person.name = "=HYPERLINK(1)"
    person.save()
    response = head.get(f"{DUTIES}?format=csv&page_size=1", headers={"accept-language": "ja"})
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][:5] == ["職員番号", "氏名", "フリガナ", "所属", "研修"]
    assert len(rows) == 6
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert rows[3][6] == "期限超過"
    assert "3回" in rows[3][10]


def test_a_course_that_was_chosen_or_withdrawn_is_nobodys_duty(
    section: Section, head: Client
) -> None:
    make_enrolment(section.people["ア"], make_course("chosen"))
    section.assign(section.people["ア"], course=make_course("draft", is_published=False))
    assert head.get(DUTIES).json()["count"] == 5


@pytest.mark.parametrize("address", [DUTIES, OVERSIGHT])
def test_queries_do_not_depend_on_the_number_of_people(
    section: Section, head: Client, queries_of: Callable[[Client, str], int], address: str
) -> None:
    few = queries_of(head, address)
    for _ in range(30):
        section.assign(make_employee(department=section.department, tier=section.staff))
    assert queries_of(head, address) == few


def test_a_late_person_is_reminded_once_a_day(
    section: Section, head: Client, visitor_of: Callable[[Any], Client]
) -> None:
    late = {"staff_number": section.people["ア"].staff_number, "course": "S1"}

    def nudge(client: Client, **said: str) -> Any:
        return client.post(f"{OVERSIGHT}nudges/", said, content_type="application/json")

    assert nudge(head, **late).json() == {"is_sent": True}
    assert nudge(head, **late).json() == {"is_sent": False}
    stranger = late | {"staff_number": section.stranger.staff_number}
    problem_of(nudge(head, **stranger), 404, "not_found")
    problem_of(nudge(head, **(late | {"course": "S9"})), 404, "not_found")
    problem_of(nudge(visitor_of(section.stranger), **late), 403, "permission_denied")
