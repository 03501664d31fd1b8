"""Pairs that the DX office has in mind: each rule of a pair refuses by its own name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from lms.notices.models import Notice
from lms.people.models import Posting
from skills_matrix.exceptions import MentoringRefused
from skills_matrix.mentoring.by_hand import RULES, propose_by_hand
from skills_matrix.mentoring.models import MentorOffer, MentorPair
from skills_matrix.mentoring.services import answer_pair, propose_pairs, set_mentoring
from tests.factories import make_assessment, make_competency, make_employee, make_user

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


class Office:
    """A mentor at level 3 who would take two, and a learner who has wished for nothing."""

    def __init__(self) -> None:
        self.dx = make_user(permissions=["lms_skills.run_projects"])
        self.skill = make_competency("K1")
        make_competency("K2")
        self.mentor, self.learner = make_employee(), make_employee()
        make_assessment(self.mentor, self.skill, 3)
        self.offer(self.mentor, learners=2)

    def offer(self, who: Any, **said: Any) -> None:
        values = {"learners": 1, "wishes": {}} | said
        set_mentoring(employee=who, on=TODAY, **values)

    def propose(self, **changed: Any) -> MentorPair:
        said = {
            "learner": self.learner.staff_number,
            "mentor": self.mentor.staff_number,
            "competency": "K1",
            "level": 3,
        }
        return propose_by_hand(by=self.dx, **said | changed)


@pytest.fixture
def office() -> Office:
    return Office()


def test_both_sides_are_asked_as_for_any_pair(office: Office) -> None:
    pair = office.propose()
    assert pair.state == MentorPair.State.PROPOSED
    assert pair.points > 0
    told = Notice.objects.filter(kind="mentor_pair").values_list("recipient", flat=True)
    assert set(told) == {office.mentor.pk, office.learner.pk}


def test_only_the_dx_office_may(office: Office) -> None:
    office.dx = make_user()
    with pytest.raises(PermissionDenied):
        office.propose()


def declined(office: Office) -> None:
    answer_pair(pair=office.propose(), employee=office.learner, agrees=False)


def taken(office: Office) -> None:
    office.offer(office.mentor)
    office.propose(learner=make_employee().staff_number)


def wished_elsewhere(office: Office) -> None:
    other = make_employee()
    make_assessment(other, office.skill, 4)
    office.offer(other)
    office.offer(office.mentor, learners=0)
    office.offer(office.learner, learners=0, wishes={"K1": 2})
    assert propose_pairs(by=office.dx)
    office.offer(office.mentor)


def same(office: Office) -> None:
    office.learner = office.mentor


BREAKS: dict[str, Callable[[Office], Any]] = {
    "same_person": same,
    "no_offer": lambda office: MentorOffer.objects.all().delete(),
    "is_learning": wished_elsewhere,
    "barred": declined,
    "no_room": taken,
    "no_hours": lambda office: office.offer(office.mentor, hours_per_month=1),
    "learner_hours": lambda office: office.offer(office.learner, hours_per_month=1),
    "not_taught": lambda office: office.offer(office.mentor, teaches=["K2"]),
    "mentor_level": lambda office: setattr(office, "skill_level", 4),
    "learner_level": lambda office: make_assessment(office.learner, office.skill, 3),
    "no_posting": lambda office: Posting.objects.filter(employee=office.learner).delete(),
}


def test_every_rule_has_its_case() -> None:
    assert BREAKS.keys() == RULES.keys()


@pytest.mark.parametrize("code", BREAKS)
def test_what_forbids_a_pair_is_named(office: Office, code: str) -> None:
    BREAKS[code](office)
    pairs = MentorPair.objects.count()
    level = getattr(office, "skill_level", 3)
    with pytest.raises(MentoringRefused) as caught:
        office.propose(level=level)
    assert (caught.value.code, caught.value.place) == (code, RULES[code].place)
    assert MentorPair.objects.count() == pairs
