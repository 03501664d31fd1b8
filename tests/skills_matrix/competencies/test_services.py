from datetime import date

import pytest
from wagtail.models import ModelLogEntry

from courses.models import Course
from skills_matrix.competencies.models import Award, Competency
from skills_matrix.competencies.services import AWARDS_SET, set_awards
from skills_matrix.exceptions import AwardsRefused
from tests.factories import make_award, make_competency, make_course, make_user

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 1)


@pytest.fixture
def course() -> Course:
    return make_course("C1")


@pytest.fixture
def competency() -> Competency:
    return make_competency()


def award(competency: Competency, level: int = 2, **fields: object) -> Award:
    return Award(competency=competency, level=level, **{"effective_from": APRIL} | fields)


def test_an_award_that_stays_keeps_its_row_and_others_go(
    course: Course, competency: Competency
) -> None:
    kept = make_award(course, competency, 1, effective_from=APRIL)
    make_award(course, make_competency())
    set_awards(course=course, awards=[award(competency, 3, valid_for_days=365)], by=make_user())
    row = course.awards.get()
    assert (row.pk, row.level, row.valid_for_days) == (kept.pk, 3, 365)


def test_who_changed_what_is_logged_once(course: Course, competency: Competency) -> None:
    user = make_user()
    for _ in range(2):
        set_awards(course=course, awards=[award(competency)], by=user)
    (entry,) = ModelLogEntry.objects.filter(action=AWARDS_SET)
    assert entry.user == user
    assert entry.data["before"] == []
    assert entry.data["after"][0]["competency"] == competency.key


@pytest.mark.parametrize("code", ["repeated", "ends_too_early", "group"])
def test_awards_that_cannot_be_are_refused_and_nothing_changes(
    code: str, course: Course, competency: Competency
) -> None:
    make_award(course, competency, 1)
    wrong = {
        "repeated": [award(competency), award(competency, 3)],
        "ends_too_early": [
            award(competency),
            award(competency, effective_from=date(2026, 5, 1), effective_until=APRIL),
        ],
        "group": [award(competency), award(make_competency(is_group=True))],
    }[code]
    with pytest.raises(AwardsRefused) as refused:
        set_awards(course=course, awards=wrong, by=make_user())
    assert (refused.value.code, refused.value.place) == (code, "2")
    assert course.awards.get().level == 1
