"""Which columns a score reads: levels, courses, department and roles; nothing that a person is.

There is no gender, birth date or nationality in the data. What is known beside skills, and what
could stand for such things, such as the kind of employment, the job tier or since when somebody
is in the office, is no input either: these tests say so for each column.
"""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.people.models import Employee, Posting
from skills_matrix.engine import arrays, closing, gains, suggestions
from skills_matrix.engine.schema import FRAMES
from skills_matrix.frames import people_frame, person_roles_frame
from skills_matrix.projects.models import Project
from skills_matrix.reports.suggestions import Suggestions
from skills_matrix.reports.suggestions import suggestions as suggest
from skills_matrix.suggestions.matching import strong_matches
from tests.factories import (
    make_assessment,
    make_audience_rule,
    make_award,
    make_competency,
    make_course,
    make_department,
    make_employee,
    make_employment_type,
    make_project,
    make_role,
    make_tier,
)

pytestmark = pytest.mark.django_db

# Frame -> the columns that scores and reasons are reckoned from.
READ = {
    "people": {"employee_id", "department_id"},
    "person_roles": {"employee_id", "role_id"},
    "levels": {"employee_id", "competency_id", "level"},
    "projects": {"project_id", "lead_role_id"},
    "needs": {"need_id", "project_id", "competency_id", "level", "must", "weight"},
    "relevance": {"project_id", "department_id"},
    "demands": {"competency_id", "level"},
    "courses": {"course_id", "minutes"},
    "course_access": {"employee_id", "course_id"},
    "awards": {
        *("course_id", "competency_id", "level", "assurance"),
        *("effective_from", "effective_until"),
    },
    "closing_courses": {"employee_id", "competency_id", "level", "course_id"},
}
PROTECTED = re.compile(
    r"gender|sex|birth|age$|nation|religion|disab|marital|family|employ(ment|ed)|hired|tenure|kana"
    r"|name|email"
)


class Office:
    def __init__(self) -> None:
        held, short = make_competency("held"), make_competency("short")
        course = make_course()
        make_audience_rule(course)
        make_award(course, short, 2)
        self.role = make_role()
        self.department = make_department(measures=["M01"])
        self.person = make_employee(
            "100001", name="あ", department=self.department, tier=make_tier()
        )
        self.person.postings.get().roles.add(self.role)
        make_assessment(self.person, held, 3)
        make_assessment(self.person, short, 1)
        approved = Project.Status.APPROVED
        make_project(needs={held: 2, short: 2}, lead_role=self.role, status=approved)
        make_project(needs={held: 1}, status=approved)

    def suggested(self) -> Suggestions:
        return suggest(employee=self.person, as_of=timezone.now(), limit=10)

    def told(self) -> list[Any]:
        """Everything that is told of each project, without the project's own row."""
        return [
            (row.score, row.rank, row.is_relevant, row.reasons) for row in self.suggested().rows
        ]


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """What the three functions that make scores and reasons read of frames, as they read it.

    Rows that a stand-in copies whole are not read by a score: `gains` hands them to the scoring.
    """
    found: dict[str, set[str]] = {}

    class Watched(arrays.Arrays):
        def __getitem__(self, key: str) -> Any:
            found.setdefault(self._name, set()).add(key)
            return super().__getitem__(key)

        def at(self, rows: Any) -> Any:
            part = super().at(rows)
            return part if part is self else Watched(part._name, part._frame, part._rows)

    for module in (suggestions, closing):
        monkeypatch.setattr(module, "arrays_of", lambda name, frame: Watched(name, frame))
    return found


def test_scores_are_reckoned_from_these_columns_and_no_others(
    office: Office, read: dict[str, set[str]]
) -> None:
    assert len(office.suggested().rows) == 2
    assert read == READ
    read.clear()
    strong_matches(as_of=timezone.now())
    assert read == READ
    assert gains.match_projects is suggestions.match_projects


def test_no_frame_has_a_column_for_what_a_person_is() -> None:
    columns = {key for name in READ for key in FRAMES[name].columns}
    assert {key for key in columns if PROTECTED.search(key)} == set()


def test_of_people_and_postings_only_these_columns_reach_a_frame(office: Office) -> None:
    everybody = Employee.objects.all()
    with CaptureQueriesContext(connection) as queries:
        people_frame(everybody, date.today())
        person_roles_frame(everybody, date.today())
    selected = set()
    for query in queries.captured_queries:
        head = query["sql"].partition(" FROM ")[0]
        selected |= set(re.findall(r'"(\w+)"\."(\w+)"', head))
    assert selected == {
        ("lms_core_posting", "employee_id"),
        ("lms_core_posting", "department_id"),
        ("lms_core_posting", "tier_id"),
        ("lms_core_posting_roles", "role_id"),
    }


def test_what_is_known_of_a_person_is_what_this_page_judged() -> None:
    """A new column of these tables is to be judged here: it may stand for a protected one."""

    def columns(model: Any) -> set[str]:
        return {field.name for field in model._meta.get_fields() if field.concrete}

    assert columns(Employee) == {"id", "uuid", "staff_number", "name", "kana", "email", "user"}
    assert columns(Posting) == {
        *("id", "employee", "department", "tier", "employment", "roles", "is_main"),
        *("starts_on", "ends_on"),
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"employment": lambda: make_employment_type()},
        {"tier": lambda: make_tier()},
        {"starts_on": lambda: date(1985, 4, 1)},
        {"starts_on": lambda: timezone.localdate() - timedelta(days=1)},
        {"ends_on": lambda: timezone.localdate() + timedelta(days=30)},
    ],
    ids=["employment", "tier", "in the office for long", "newly in the office", "leaving soon"],
)
def test_another_posting_of_the_same_department_and_roles_changes_nothing(
    office: Office, changed: dict[str, Any]
) -> None:
    before, matches = office.told(), strong_matches(as_of=timezone.now())
    assert before
    values = {name: make() for name, make in changed.items()}
    assert Posting.objects.filter(employee=office.person).update(**values) == 1
    assert office.told() == before
    assert strong_matches(as_of=timezone.now()) == matches


def test_another_name_number_and_address_change_nothing(office: Office) -> None:
    before = office.told()
    Employee.objects.filter(pk=office.person.pk).update(
        name="わ", kana="ワ", staff_number="999999", email="wa@sakura.example"
    )
    assert office.told() == before


def test_the_test_would_notice_what_does_count(office: Office) -> None:
    before = office.told()
    Posting.objects.filter(employee=office.person).update(department=make_department())
    assert office.told() != before
