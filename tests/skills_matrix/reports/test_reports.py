"""Matrix, cell, own skills and suggestions agree, and show themselves to the right people only."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.people.models import Employee
from skills_matrix.assessments.models import SkillsView
from skills_matrix.engine.arrays import ABSENT
from skills_matrix.exceptions import NotVisible, UnknownFilterValue
from skills_matrix.reports import MatrixFilters, explain_cell, matrix, my_skills, suggestions
from tests.factories import (
    complete_course,
    grant,
    make_assessment,
    make_audience_rule,
    make_award,
    make_competency,
    make_course,
    make_department,
    make_employee,
    make_need,
    make_project,
    make_scale,
    make_target,
    make_tier,
    make_user,
)

pytestmark = pytest.mark.django_db
HR = ("lms_core.view_all_employees", "lms_skills.view_skills_matrix")


@pytest.fixture
def hr() -> Any:
    return make_user(permissions=HR)


@pytest.fixture
def learner() -> Employee:
    return make_employee(kana="ア")


def test_a_finished_course_becomes_a_level_with_its_source(hr: Any, learner: Employee) -> None:
    course = make_course("C1")
    skill = make_competency("RPA")
    award = make_award(course, skill, level=2, valid_for_days=365)
    make_target(skill, level=3)
    complete_course(learner, course)
    now = timezone.now()
    report = explain_cell(
        viewer=hr, staff_number=learner.staff_number, competency_key="RPA", as_of=now
    )
    assert (report.level, report.target, report.gap) == (2, 3, 1)
    (evidence,) = report.evidence
    assert (evidence.course, evidence.award, evidence.is_winning) == (course, award, True)
    assert evidence.expires_at == evidence.achieved_at + timedelta(days=365)
    assert [score.best_score for score in evidence.scores] == [1.0]
    assert [row.applies for row in report.targets] == [True]
    (row,) = my_skills(employee=learner, as_of=now).rows
    assert (row.level, row.target, row.standing) == (2, 3, "one_short")
    assert row.source is not None
    assert row.source.title == course.title


def test_the_cell_says_the_same_as_the_matrix_and_my_skills(hr: Any) -> None:
    people = [make_employee() for _ in range(3)]
    skills = [make_competency() for _ in range(3)]
    for n, person in enumerate(people):
        for m, skill in enumerate(skills[: n + 1]):
            make_assessment(person, skill, level=(n + m) % 5)
    make_target(skills[0], level=2)
    now = timezone.now()
    seen = matrix(viewer=hr, filters=MatrixFilters(), as_of=now)
    compared = 0
    for place, row in enumerate(seen.rows):
        person = Employee.objects.get(staff_number=row.staff_number)
        mine = my_skills(employee=person, as_of=now)
        own = {item.competency.key: item for item in mine.rows}
        for column, skill in enumerate(seen.columns):
            single = explain_cell(
                viewer=hr, staff_number=row.staff_number, competency_key=skill.key, as_of=now
            )
            found = [
                None if value == ABSENT else value
                for value in (
                    int(seen.cells.level[place, column]),
                    int(seen.cells.target[place, column]),
                    int(seen.cells.gap[place, column]),
                )
            ]
            assert found == [single.level, single.target, single.gap]
            listed = own.get(skill.key)
            assert found == (
                [listed.level, listed.target, listed.gap] if listed else [None, None, None]
            )
            compared += listed is not None
    assert compared == 6


def test_the_past_shows_what_was_known_then(hr: Any, learner: Employee) -> None:
    skill = make_competency("X")
    make_assessment(learner, skill, level=1, assessed_at=datetime(2024, 5, 1, tzinfo=UTC))
    make_assessment(learner, skill, level=3, assessed_at=datetime(2025, 5, 1, tzinfo=UTC))

    def level(day: datetime) -> int | None:
        return explain_cell(
            viewer=hr, staff_number=learner.staff_number, competency_key="X", as_of=day
        ).level

    assert level(datetime(2024, 4, 1, tzinfo=UTC)) is None
    assert level(datetime(2024, 6, 1, tzinfo=UTC)) == 1
    assert level(datetime(2025, 6, 1, tzinfo=UTC)) == 3


def test_a_course_mapped_later_counts_for_earlier_completions(hr: Any, learner: Employee) -> None:
    course, skill = make_course(), make_competency("X")
    complete_course(learner, course)
    make_award(course, skill, level=2, effective_from=date(2020, 1, 1))
    now = timezone.now()
    assert my_skills(employee=learner, as_of=now).rows[0].level == 2


def test_filters_narrow_people_and_competencies(hr: Any) -> None:
    top = make_department("top")
    section = make_department("sec", parent=top)
    tier = make_tier("G9")
    inside = make_employee(department=section, tier=tier)
    make_employee()
    group = make_competency("GRP", is_group=True)
    skill = make_competency("S", parent=group)
    make_competency("OTHER")
    for filters in (
        MatrixFilters(department="top"),
        MatrixFilters(department="sec"),
        MatrixFilters(tier="G9"),
    ):
        seen = matrix(viewer=hr, filters=filters, as_of=timezone.now())
        assert [row.staff_number for row in seen.rows] == [inside.staff_number]
    seen = matrix(viewer=hr, filters=MatrixFilters(group="GRP"), as_of=timezone.now())
    assert [column.key for column in seen.columns] == [skill.key]


@pytest.mark.parametrize("name", ["department", "tier", "role", "framework", "group"])
def test_an_unknown_filter_value_is_refused(hr: Any, name: str) -> None:
    with pytest.raises(UnknownFilterValue) as caught:
        matrix(viewer=hr, filters=MatrixFilters(**{name: "nope"}), as_of=timezone.now())
    assert caught.value.place == name


def test_the_sums_are_over_every_page(hr: Any) -> None:
    skill = make_competency()
    make_target(skill, level=2)
    for level in (1, 2, 3):
        make_assessment(make_employee(), skill, level=level)
    make_employee()
    seen = matrix(viewer=hr, filters=MatrixFilters(), as_of=timezone.now(), page=2, page_size=3)
    assert (seen.count, len(seen.rows)) == (4, 1)
    sums = seen.sums
    assert (sums.assessed, sums.with_target, sums.at_target) == ([3], [4], [2])
    assert sums.mean_level == [2.0]


def test_only_hr_sees_the_matrix(learner: Employee) -> None:
    with pytest.raises(PermissionDenied):
        matrix(viewer=learner.user, filters=MatrixFilters(), as_of=timezone.now())
    assert SkillsView.objects.count() == 0


def test_one_sees_ones_own_cell_and_nobody_elses(learner: Employee) -> None:
    make_competency("X")
    other = make_employee()
    own = explain_cell(
        viewer=learner.user,
        staff_number=learner.staff_number,
        competency_key="X",
        as_of=timezone.now(),
    )
    assert own.employee == learner
    told = set()
    for staff_number, key in ((other.staff_number, "X"), ("0", "X"), (learner.staff_number, "Y")):
        with pytest.raises(NotVisible) as caught:
            explain_cell(
                viewer=learner.user,
                staff_number=staff_number,
                competency_key=key,
                as_of=timezone.now(),
            )
        told.add(caught.value.message)
    assert len(told) == 1


def test_the_permission_to_see_people_alone_shows_no_skills(learner: Employee) -> None:
    grant(learner.user, "lms_core.view_all_employees")
    make_competency("X")
    viewer = type(learner.user).objects.get(pk=learner.user.pk)
    with pytest.raises(NotVisible):
        explain_cell(
            viewer=viewer,
            staff_number=make_employee().staff_number,
            competency_key="X",
            as_of=timezone.now(),
        )


def test_every_look_at_somebody_else_is_logged(learner: Employee) -> None:
    grant(learner.user, *HR)
    viewer = type(learner.user).objects.get(pk=learner.user.pk)
    other = make_employee()
    make_competency("X")
    matrix(viewer=viewer, filters=MatrixFilters(), as_of=timezone.now())
    explain_cell(
        viewer=viewer,
        staff_number=other.staff_number,
        competency_key="X",
        as_of=timezone.now(),
    )
    logged = SkillsView.objects.order_by("pk").values_list("viewer", "subject", "what")
    assert list(logged) == [
        (viewer.pk, other.pk, "matrix"),
        (viewer.pk, other.pk, "cell:X"),
    ]


def test_a_suggestion_says_what_is_met_short_and_lacking(learner: Employee) -> None:
    skills = {key: make_competency(key) for key in ("MET", "SHORT", "LACK")}
    make_assessment(learner, skills["MET"], level=3)
    make_assessment(learner, skills["SHORT"], level=1)
    course = make_course()
    make_audience_rule(course)
    make_award(course, skills["LACK"], level=2)
    project = make_project()
    for skill in skills.values():
        make_need(project, skill, level=2)
    seen = suggestions(employee=learner, as_of=timezone.now(), limit=10)
    (row,) = seen.rows
    assert {reason.competency.key: reason.status for reason in row.reasons} == {
        "MET": "met",
        "SHORT": "one_short",
        "LACK": "lacking",
    }
    closing = {reason.competency.key: reason.closing_course for reason in row.reasons}
    assert closing == {"MET": None, "SHORT": None, "LACK": course}
    assert all(reason.competency.title in reason.text for reason in row.reasons)


def test_a_course_that_is_not_mine_is_not_named_as_the_way(learner: Employee) -> None:
    skill = make_competency()
    course = make_course()
    make_award(course, skill, level=2)
    make_need(make_project(), skill, level=2)
    (row,) = suggestions(employee=learner, as_of=timezone.now(), limit=1).rows
    assert row.reasons[0].closing_course is None


def test_finishing_the_closing_course_raises_the_score(learner: Employee) -> None:
    skill = make_competency()
    course = make_course()
    make_audience_rule(course)
    make_award(course, skill, level=2)
    make_need(make_project(), skill, level=2)
    before = suggestions(employee=learner, as_of=timezone.now(), limit=1).rows[0]
    complete_course(learner, course)
    after = suggestions(employee=learner, as_of=timezone.now(), limit=1).rows[0]
    assert after.score > before.score
    assert (before.count("met"), after.count("met")) == (0, 1)


def test_pages_of_suggestions_continue_each_other(learner: Employee) -> None:
    skill = make_competency()
    for _ in range(5):
        make_need(make_project(), skill, level=1)
    whole = suggestions(employee=learner, as_of=timezone.now(), limit=5)
    parts = [
        suggestions(employee=learner, as_of=timezone.now(), limit=2, offset=offset).rows
        for offset in (0, 2, 4)
    ]
    assert [row.project for part in parts for row in part] == [row.project for row in whole.rows]
    assert whole.count == 5


def test_the_number_of_queries_does_not_depend_on_the_rows(hr: Any) -> None:
    skill = make_competency()
    make_scale()

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            matrix(viewer=hr, filters=MatrixFilters(), as_of=timezone.now())
        return len(caught)

    for _ in range(3):
        make_assessment(make_employee(), skill, level=2)
    queries()  # the account's permissions are read once
    few = queries()
    for _ in range(20):
        make_assessment(make_employee(), make_competency(), level=2)
    queries()  # the first look after a change brings the copy up to date
    assert queries() == few
