from typing import Any

import pytest
from wagtail import hooks
from wagtail.models import ModelLogEntry

from courses.exceptions import PathRefused, PrerequisiteCycle
from courses.models import Course, LearningPath
from courses.paths.selectors import missing_prerequisites, prerequisites_of
from courses.paths.services import (
    AFTER_PATH_CHANGE,
    NewStep,
    delete_path,
    save_path,
    set_prerequisites,
)
from tests.factories import make_course, make_path, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def courses() -> list[Course]:
    return [make_course(key, title=f"講座{key}") for key in "ABC"]


def test_prerequisites_are_set_and_set_anew(courses: list[Course]) -> None:
    a, b, c = courses
    set_prerequisites(course=c, requires=["A", "B"])
    assert prerequisites_of([a, b, c]) == {c.pk: [a, b]}
    set_prerequisites(course=c, requires=["B"])
    assert prerequisites_of([c]) == {c.pk: [b]}


def test_a_cycle_is_refused_and_named(courses: list[Course]) -> None:
    a, b, c = courses
    set_prerequisites(course=b, requires=["A"])
    set_prerequisites(course=c, requires=["B"])
    with pytest.raises(PrerequisiteCycle) as refused:
        set_prerequisites(course=a, requires=["C"])
    assert set(refused.value.params["courses"]) == {"A", "B", "C"}  # type: ignore[call-overload]
    assert refused.value.message.count("講座") == 4
    assert not a.prerequisites.exists()


def test_a_course_does_not_wait_for_itself(courses: list[Course]) -> None:
    with pytest.raises(PrerequisiteCycle):
        set_prerequisites(course=courses[0], requires=["A"])


def test_taking_an_edge_away_opens_the_way_for_the_other_direction(courses: list[Course]) -> None:
    a, b, _c = courses
    set_prerequisites(course=b, requires=["A"])
    set_prerequisites(course=b, requires=[])
    set_prerequisites(course=a, requires=["B"])
    assert prerequisites_of([a, b]) == {a.pk: [b]}


def test_who_changed_the_prerequisites_is_logged_once(courses: list[Course]) -> None:
    user = make_user()
    for _ in range(2):
        set_prerequisites(course=courses[1], requires=["A"], by=user)
    entry = ModelLogEntry.objects.get(action="lms_courses.prerequisites_set")
    assert (entry.user, entry.data) == (user, {"before": [], "after": ["A"]})


@pytest.mark.usefixtures("courses")
def test_a_path_has_its_steps_in_the_order_given() -> None:
    path = save_path(
        path=LearningPath(key="P", title_ja="道筋", live=True),
        steps=[NewStep("C"), NewStep("A", is_optional=True)],
    )
    save_path(path=path, steps=[NewStep("A"), NewStep("B"), NewStep("C")])
    rows = path.steps.values_list("course__key", "position", "is_optional")
    assert list(rows) == [("A", 1, False), ("B", 2, False), ("C", 3, False)]


@pytest.mark.parametrize(
    ("steps", "code", "place"),
    [
        (["A", "B", "A"], "repeated", "3"),
        (["A", "X"], "unknown_course", "2"),
        ([], "empty", ""),
    ],
)
@pytest.mark.usefixtures("courses")
def test_a_path_that_cannot_be_is_refused_and_nothing_saved(
    steps: list[str], code: str, place: str
) -> None:
    path = make_path("P", Course.objects.filter(key="C"))
    with pytest.raises(PathRefused) as refused:
        save_path(path=path, steps=[NewStep(key) for key in steps])
    assert (refused.value.code, refused.value.place) == (code, place)
    assert list(path.steps.values_list("course__key", flat=True)) == ["C"]


@pytest.mark.usefixtures("courses")
def test_a_draft_of_a_path_may_be_empty() -> None:
    path = save_path(path=LearningPath(key="P", title_ja="道筋"), steps=[])
    assert path.pk is not None


def test_steps_whose_prerequisite_is_no_step_are_named(courses: list[Course]) -> None:
    a, b, c = courses
    set_prerequisites(course=b, requires=["A"])
    set_prerequisites(course=c, requires=["B"])
    assert missing_prerequisites(make_path("P", [b, c])) == [(b, a)]


def test_a_path_that_goes_leaves_its_courses(courses: list[Course]) -> None:
    told: list[Any] = []
    path = make_path("P", courses)
    with hooks.register_temporarily(
        AFTER_PATH_CHANGE, lambda path, by: told.append(list(path.steps.all()))
    ):
        delete_path(path=path, by=make_user())
    assert told == [[]]
    assert not LearningPath.objects.exists()
    assert Course.objects.count() == len(courses)
