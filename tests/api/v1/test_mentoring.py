"""Mentoring over HTTP: each side's way, and who sees what."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from skills_matrix.assessments.models import Assessment, SkillsView
from tests.factories import make_assessment, make_competency, make_employee

ME = "/api/v1/mentoring/me/"
PAIRS = "/api/v1/mentoring/pairs/"
PROPOSALS = "/api/v1/mentoring/proposals/"
SESSIONS = "/api/v1/mentoring/sessions/"
JSON = "application/json"


class Sides:
    """The browsers of a mentor, a learner and the DX office."""

    def __init__(self, visitor_of: Callable[[Any], Client]) -> None:
        self.skill = make_competency("K1", title="データ分析")
        mentor, learner = make_employee("400001", name="師"), make_employee("400002", name="弟")
        make_assessment(mentor, self.skill, 4)
        self.mentor, self.learner = visitor_of(mentor), visitor_of(learner)
        self.dx = visitor_of(make_employee(permissions=["lms_skills.run_projects"]))
        self.other = visitor_of(make_employee())
        self.mentor.put(ME, {"learners": 1, "wishes": []}, content_type=JSON)
        wishes = [{"competency": "K1", "level": 2}]
        self.learner.put(ME, {"learners": 0, "wishes": wishes}, content_type=JSON)

    def propose(self) -> str:
        made = self.dx.post(PAIRS, content_type=JSON)
        assert made.status_code == 201
        return f"{PAIRS}{made.json()['pairs'][0]['uuid']}/"

    def agreed(self) -> str:
        pair = self.propose()
        for side in (self.mentor, self.learner):
            told = side.put(f"{pair}answer/", {"agrees": True}, content_type=JSON).json()
        assert told["state"] == "agreed"
        return pair

    def log(self, pair: str, **changed: Any) -> Any:
        said = {
            "competency": "K1",
            "held_on": timezone.localdate().isoformat(),
            "minutes": 45,
            "text": "集計",
            "level": 2,
        }
        return self.learner.post(f"{pair}sessions/", {**said, **changed}, content_type=JSON)


@pytest.fixture
def sides(db: None, visitor_of: Callable[[Any], Client]) -> Sides:
    return Sides(visitor_of)


def test_what_one_offers_and_wishes_is_kept(sides: Sides) -> None:
    offer = {"learners": 1, "hours_per_month": 6, "teaches": ["K1"], "wishes": []}
    sides.mentor.put(ME, offer, content_type=JSON)
    skill = {"key": "K1", "title": "データ分析"}
    assert sides.mentor.get(ME).json() == offer | {"teaches": [skill], "skills": [skill]}
    assert sides.learner.get(ME).json() == {
        "learners": 0,
        "hours_per_month": 4,
        "teaches": [],
        "wishes": [{"competency": skill, "level": 2}],
        "skills": [skill],
    }
    twice = [{"competency": "K1", "level": 2}] * 2
    told = sides.learner.put(ME, {"learners": 0, "wishes": twice}, content_type=JSON)
    assert told.status_code == 400


def test_a_confirmed_session_counts_for_both(sides: Sides) -> None:
    pair = sides.agreed()
    (session,) = sides.log(pair).json()["sessions"]
    assert (session["may_confirm"], session["may_withdraw"]) == (False, True)
    (waiting,) = sides.mentor.get(pair).json()["sessions"]
    assert waiting["may_confirm"] is True
    told = sides.mentor.put(f"{SESSIONS}{session['uuid']}/confirmation/").json()
    assert told["minutes"] == 45
    assert Assessment.objects.filter(kind="mentoring").count() == 2
    refused = sides.learner.delete(f"{SESSIONS}{session['uuid']}/")
    assert (refused.status_code, refused.json()["code"]) == (409, "confirmed")


def test_the_dx_office_sees_pairs_but_not_what_their_sessions_were_about(sides: Sides) -> None:
    sides.log(sides.agreed())
    (row,) = sides.dx.get(f"{PAIRS}?whose=all").json()["results"]
    assert (row["side"], row["sessions"]) == (None, [])
    assert sides.dx.get(PAIRS).json()["results"] == []
    assert SkillsView.objects.filter(what="mentoring", subject__staff_number="400002").exists()


def test_nobody_else_sees_or_touches_a_pair(sides: Sides) -> None:
    pair = sides.agreed()
    (session,) = sides.log(pair).json()["sessions"]
    for who in (sides.other, sides.dx):
        assert who.get(pair).status_code == 404
        assert who.put(f"{pair}answer/", {"agrees": False}, content_type=JSON).status_code == 404
        assert who.post(f"{pair}end/", {}, content_type=JSON).status_code == 404
        assert who.put(f"{SESSIONS}{session['uuid']}/confirmation/").status_code == 404
        assert who.delete(f"{SESSIONS}{session['uuid']}/").status_code == 404
    assert sides.other.get(f"{PAIRS}?whose=all").status_code == 403
    assert sides.other.post(PAIRS, content_type=JSON).status_code == 403


def test_what_cannot_be_is_refused_with_its_place(sides: Sides) -> None:
    pair = sides.agreed()
    told = sides.log(pair, held_on=date(2999, 1, 1).isoformat())
    assert (told.status_code, told.json()["code"]) == (409, "future")
    assert sides.log(pair, minutes=0).status_code == 400
    ended = sides.learner.post(f"{pair}end/", {"reason": "異動"}, content_type=JSON).json()
    assert (ended["state"], ended["end_reason"]) == ("ended", "異動")
    assert sides.log(pair).json()["code"] == "ended"


def test_the_dx_office_sees_why_a_pair_would_suit_before_anybody_is_told(sides: Sides) -> None:
    (row,) = sides.dx.get(PROPOSALS).json()["pairs"]
    assert (row["learner"]["name"], row["mentor"]["name"]) == ("弟", "師")
    assert (row["hours_per_month"], row["distance"]) == (4, "elsewhere")
    assert row["skills"] == [
        {
            "competency": {"key": "K1", "title": "データ分析"},
            "level": 2,
            "mentor_level": 4,
            "learner_level": None,
        }
    ]
    assert sides.learner.get(PAIRS).json()["results"] == []
    assert SkillsView.objects.filter(what="mentoring", subject__staff_number="400001").exists()
    assert sides.other.get(PROPOSALS).status_code == 403
    only = {"pairs": [{"learner": "400002", "mentor": "400001"}]}
    made = sides.dx.post(PAIRS, only, content_type=JSON)
    assert made.json()["pairs"][0]["points"] == row["points"]
    again = sides.dx.post(PAIRS, only, content_type=JSON)
    assert (again.status_code, again.json()["code"]) == (409, "stale")


BY_HAND = f"{PAIRS}by-hand/"
HAND = {"learner": "400003", "mentor": "400001", "competency": "K1", "level": 3}


def test_the_dx_office_makes_a_pair_by_hand_and_both_must_agree(
    sides: Sides, visitor_of: Callable[[Any], Client]
) -> None:
    somebody = visitor_of(make_employee("400003", name="誰"))
    made = sides.dx.post(BY_HAND, HAND, content_type=JSON)
    assert made.status_code == 201, made.content
    (pair,) = made.json()["pairs"]
    assert (pair["state"], pair["learner"]["name"], pair["mentor"]["name"]) == (
        "proposed",
        "誰",
        "師",
    )
    assert [(row["competency"]["key"], row["level"]) for row in pair["skills"]] == [("K1", 3)]
    address = f"{PAIRS}{pair['uuid']}/"
    for side, state in ((somebody, "proposed"), (sides.mentor, "agreed")):
        told = side.put(f"{address}answer/", {"agrees": True}, content_type=JSON).json()
        assert told["state"] == state
    # The mentor takes one learner only.
    assert sides.dx.get(PROPOSALS).json()["pairs"] == []
    again = sides.dx.post(BY_HAND, HAND | {"learner": "400002"}, content_type=JSON)
    assert (again.status_code, again.json()["code"]) == (409, "no_room")


def test_only_the_dx_office_makes_pairs_by_hand(sides: Sides) -> None:
    for who in (sides.mentor, sides.learner, sides.other):
        assert who.post(BY_HAND, HAND, content_type=JSON).status_code == 403


def test_a_refused_pair_says_why_and_the_look_is_noted(sides: Sides) -> None:
    make_employee("400003")
    refused = sides.dx.post(BY_HAND, HAND | {"mentor": "400002"}, content_type=JSON)
    assert (refused.status_code, refused.json()["code"]) == (409, "no_offer")
    assert SkillsView.objects.filter(what="mentoring", subject__staff_number="400003").exists()
    for changed, code in (
        ({"learner": "499999"}, "unknown_person"),
        ({"competency": "K9"}, "unknown_competency"),
    ):
        told = sides.dx.post(BY_HAND, HAND | changed, content_type=JSON)
        assert (told.status_code, told.json()["code"]) == (409, code)


def test_whoever_declines_may_say_why(sides: Sides) -> None:
    pair = sides.propose()
    said = {"agrees": False, "reason": "繁忙期のため"}
    assert sides.mentor.put(f"{pair}answer/", said, content_type=JSON).json()["state"] == "declined"
    assert sides.learner.get(pair).json()["decline_reason"] == "繁忙期のため"
