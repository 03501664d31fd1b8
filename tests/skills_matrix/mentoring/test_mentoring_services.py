"""The way of a pair, from the wish to the evidence."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import override

from lms.notices.kinds import notice_path, notice_text
from lms.notices.models import Notice
from lms.notices.selectors import unsent
from lms.notices.services import set_notice_preferences
from skills_matrix.assessments.models import Assessment, SkillsView
from skills_matrix.competencies.models import Assurance
from skills_matrix.exceptions import MentoringRefused, NotVisible
from skills_matrix.mentoring.models import LearningWish, MentorOffer, MentorPair, MentorSession
from skills_matrix.mentoring.selectors import pairs_visible_to
from skills_matrix.mentoring.services import (
    answer_pair,
    confirm_session,
    end_pair,
    log_session,
    propose_pairs,
    set_mentoring,
    withdraw_session,
)
from tests.factories import make_assessment, make_competency, make_employee, make_user

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
State = MentorPair.State


class Office:
    """A mentor at level 4, a learner at level 1 who wants level 3."""

    def __init__(self) -> None:
        self.dx = make_user(permissions=["lms_skills.run_projects"])
        self.skill = make_competency("K1", title="データ分析")
        self.mentor, self.learner = make_employee(), make_employee()
        make_assessment(self.mentor, self.skill, 4)
        make_assessment(self.learner, self.skill, 1)
        set_mentoring(employee=self.mentor, learners=1, wishes={}, on=TODAY)
        set_mentoring(employee=self.learner, learners=0, wishes={"K1": 3}, on=TODAY)

    def pair(self, *, agreed: bool = True) -> MentorPair:
        (pair,) = propose_pairs(by=self.dx)
        if agreed:
            answer_pair(pair=pair, employee=self.learner, agrees=True)
            pair = answer_pair(pair=pair, employee=self.mentor, agrees=True)
        return pair

    def log(self, pair: MentorPair, by: Any = None, **changed: Any) -> MentorSession:
        said = {
            "competency": "K1",
            "held_on": TODAY,
            "minutes": 60,
            "text": "集計表を一緒に作った",
            "level": 2,
        }
        return log_session(pair=pair, employee=by or self.learner, **{**said, **changed})


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def refused(code: str) -> Any:
    return pytest.raises(MentoringRefused, check=lambda fault: fault.code == code)


def test_a_pair_is_proposed_and_stands_when_both_agree(office: Office) -> None:
    pair = office.pair(agreed=False)
    assert (pair.learner, pair.mentor, pair.state) == (
        office.learner,
        office.mentor,
        State.PROPOSED,
    )
    assert list(pair.skills.values_list("competency__key", "level")) == [("K1", 3)]
    assert answer_pair(pair=pair, employee=office.learner, agrees=True).state == State.PROPOSED
    assert answer_pair(pair=pair, employee=office.mentor, agrees=True).state == State.AGREED


def test_an_answer_can_be_taken_back(office: Office) -> None:
    pair = office.pair(agreed=False)
    assert answer_pair(pair=pair, employee=office.mentor, agrees=False).state == State.DECLINED
    assert answer_pair(pair=pair, employee=office.mentor, agrees=None).state == State.PROPOSED
    # Nobody but the two.
    with pytest.raises(NotVisible):
        answer_pair(pair=pair, employee=make_employee(), agrees=True)


def test_the_same_pair_is_not_proposed_again_and_a_full_mentor_gets_nobody(
    office: Office,
) -> None:
    pair = office.pair(agreed=False)
    assert propose_pairs(by=office.dx) == []
    second = make_employee()
    set_mentoring(employee=second, learners=0, wishes={"K1": 2}, on=TODAY)
    assert propose_pairs(by=office.dx) == []
    answer_pair(pair=pair, employee=office.learner, agrees=False)
    (other,) = propose_pairs(by=office.dx)
    assert other.learner == second


def test_only_the_dx_office_proposes_and_that_is_logged(office: Office) -> None:
    with pytest.raises(PermissionDenied):
        propose_pairs(by=make_user())
    office.pair(agreed=False)
    looks = SkillsView.objects.filter(viewer=office.dx, what="mentoring")
    assert set(looks.values_list("subject_id", flat=True)) == {
        office.mentor.pk,
        office.learner.pk,
    }


def test_a_confirmed_session_is_evidence_of_both(office: Office) -> None:
    before = Assessment.objects.count()
    session = office.log(office.pair())
    assert Assessment.objects.count() == before
    with refused("own"):
        confirm_session(session=session, employee=office.learner)
    confirm_session(session=session, employee=office.mentor)
    made = Assessment.objects.filter(kind=Assessment.Kind.MENTORING)
    assert set(made.values_list("employee_id", "level", "assurance", "assessor_id")) == {
        (office.learner.pk, 2, Assurance.BROWSER_QUIZ, office.mentor.user_id),
        (office.mentor.pk, 3, Assurance.BROWSER_QUIZ, office.mentor.user_id),
    }
    with refused("confirmed"):
        confirm_session(session=session, employee=office.mentor)
    with refused("confirmed"):
        withdraw_session(session=session, employee=office.learner)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"competency": "K2"}, "not_about"),
        ({"level": 4}, "level"),
        ({"level": 0}, "level"),
        ({"held_on": TODAY + timedelta(days=1)}, "future"),
        ({"text": " "}, "empty"),
    ],
)
def test_a_session_that_cannot_be_is_refused(
    office: Office, changed: dict[str, Any], code: str
) -> None:
    pair = office.pair()
    with refused(code):
        office.log(pair, **changed)
    assert not MentorSession.objects.exists()


def test_no_session_before_both_agree_and_none_after_the_end(office: Office) -> None:
    pair = office.pair(agreed=False)
    with refused("not_agreed"):
        office.log(pair)
    answer_pair(pair=pair, employee=office.learner, agrees=True)
    answer_pair(pair=pair, employee=office.mentor, agrees=True)
    waiting = office.log(pair, by=office.mentor)
    assert end_pair(pair=pair, employee=office.mentor, reason="異動のため").state == State.ENDED
    with refused("ended"):
        office.log(pair)
    with refused("ended"):
        answer_pair(pair=pair, employee=office.learner, agrees=True)
    # What was held before the end still counts.
    confirm_session(session=waiting, employee=office.learner)


def test_with_sessions_a_pair_is_ended_not_declined(office: Office) -> None:
    pair = office.pair()
    session = office.log(pair)
    with refused("begun"):
        answer_pair(pair=pair, employee=office.mentor, agrees=False)
    with pytest.raises(NotVisible):
        withdraw_session(session=session, employee=office.mentor)
    withdraw_session(session=session, employee=office.learner)
    assert answer_pair(pair=pair, employee=office.mentor, agrees=None).state == State.PROPOSED


def test_offers_and_wishes_are_replaced(office: Office) -> None:
    make_competency("K9")
    set_mentoring(employee=office.mentor, learners=0, wishes={"K9": 1}, on=TODAY)
    set_mentoring(employee=office.learner, learners=3, wishes={}, on=TODAY)
    assert list(MentorOffer.objects.values_list("employee_id", "learners")) == [
        (office.learner.pk, 3)
    ]
    assert list(LearningWish.objects.values_list("employee_id", "level")) == [(office.mentor.pk, 1)]
    with refused("unknown_competency"):
        set_mentoring(employee=office.mentor, learners=0, wishes={"X": 1}, on=TODAY)


def test_pairs_are_seen_by_the_two_and_the_dx_office_only(office: Office) -> None:
    pair = office.pair()
    for viewer in (office.dx, office.mentor.user, office.learner.user):
        assert list(pairs_visible_to(viewer)) == [pair]
    for viewer in (make_employee().user, make_user()):
        assert not pairs_visible_to(viewer).exists()


def test_each_side_is_told_of_the_other_at_every_step(office: Office) -> None:
    pair = office.pair(agreed=False)
    assert _told("mentor_pair") == [
        (office.mentor.pk, office.learner.pk),
        (office.learner.pk, office.mentor.pk),
    ]
    answer_pair(pair=pair, employee=office.learner, agrees=True)
    assert _told("mentor_answer") == [(office.mentor.pk, office.learner.pk)]
    answer_pair(pair=pair, employee=office.mentor, agrees=True)
    session = office.log(pair)
    assert _told("mentor_session") == [(office.mentor.pk, office.learner.pk)]
    withdraw_session(session=session, employee=office.learner)
    assert _told("mentor_session") == []


def _asked() -> list[tuple[int, str]]:
    """Who still finds what unread."""
    rows = Notice.objects.filter(read_at=None).order_by("recipient", "kind")
    return list(rows.values_list("recipient", "kind"))


def test_whoever_has_answered_is_not_asked_any_longer(office: Office) -> None:
    pair = office.pair(agreed=False)
    answer_pair(pair=pair, employee=office.learner, agrees=True)
    mentors = [(office.mentor.pk, "mentor_answer"), (office.mentor.pk, "mentor_pair")]
    assert _asked() == mentors
    answer_pair(pair=pair, employee=office.mentor, agrees=True)
    assert _asked() == [mentors[0], (office.learner.pk, "mentor_answer")]
    session = office.log(pair)
    assert (office.mentor.pk, "mentor_session") in _asked()
    confirm_session(session=session, employee=office.mentor)
    assert (office.mentor.pk, "mentor_session") not in _asked()


@pytest.mark.parametrize("way", ["declined", "ended"])
def test_nobody_is_led_to_a_proposal_that_is_over(office: Office, way: str) -> None:
    pair = office.pair(agreed=False)
    if way == "declined":
        answer_pair(pair=pair, employee=office.mentor, agrees=False)
    else:
        end_pair(pair=pair, employee=office.mentor)
    kind = {"declined": "mentor_answer", "ended": "mentor_ended"}[way]
    assert _asked() == [(office.learner.pk, kind)]


def test_the_other_side_is_told_that_a_pair_has_ended(office: Office) -> None:
    pair = office.pair()
    end_pair(pair=pair, employee=office.learner, reason="異動のため")
    assert _told("mentor_ended") == [(office.mentor.pk, office.learner.pk)]
    notice = Notice.objects.get(kind="mentor_ended")
    name = office.learner.name
    with override("ja"):
        assert notice_text(notice) == f"{name}さんが、メンタリング「データ分析」を終えました。"
    with override("en"):
        assert notice_text(notice).startswith(f"{name} has ended the mentoring")
    assert notice_path(notice) == f"/mentoring#{pair.uuid}"


def test_the_end_of_a_pair_is_mailed_as_the_person_chose(office: Office) -> None:
    type(office.mentor).objects.update(email="somebody@sakura.example")
    pair = office.pair()
    set_notice_preferences(employee=office.mentor, when={"mentor_ended": "never"})
    end_pair(pair=pair, employee=office.learner)
    assert not unsent().filter(kind="mentor_ended").exists()
    set_notice_preferences(employee=office.mentor, when={"mentor_ended": "daily"})
    assert unsent().get(kind="mentor_ended").recipient_id == office.mentor.pk


def _told(kind: str) -> list[tuple[int, int]]:
    rows = Notice.objects.filter(kind=kind).order_by("recipient")
    return list(rows.values_list("recipient", "about"))


def test_why_somebody_declines_is_kept_until_they_agree(office: Office) -> None:
    pair = office.pair(agreed=False)
    answer_pair(pair=pair, employee=office.mentor, agrees=False, reason=" 繁忙期のため ")
    pair.refresh_from_db()
    assert pair.decline_reason == "繁忙期のため"
    answer_pair(pair=pair, employee=office.mentor, agrees=True)
    pair.refresh_from_db()
    assert pair.decline_reason == ""


def test_a_mentor_teaches_what_they_offer_in_the_hours_they_have(office: Office) -> None:
    make_competency("K2")
    set_mentoring(employee=office.mentor, learners=1, wishes={}, on=TODAY, teaches=["K2"])
    assert propose_pairs(by=office.dx) == []
    set_mentoring(employee=office.mentor, learners=1, wishes={}, on=TODAY, hours_per_month=1)
    assert propose_pairs(by=office.dx) == []
    set_mentoring(employee=office.mentor, learners=1, wishes={}, on=TODAY, teaches=["K1"])
    assert len(propose_pairs(by=office.dx)) == 1
    with refused("unknown_competency"):
        set_mentoring(employee=office.mentor, learners=1, wishes={}, on=TODAY, teaches=["X"])


def test_some_of_the_proposals_are_made_and_no_others(office: Office) -> None:
    sides = (office.learner.staff_number, office.mentor.staff_number)
    with refused("stale"):
        propose_pairs(by=office.dx, only=[sides[::-1]])
    assert propose_pairs(by=office.dx, only=[]) == []
    assert len(propose_pairs(by=office.dx, only=[sides])) == 1
