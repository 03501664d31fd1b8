"""Assessing skills over HTTP: my part, the head's part, and what I may know of myself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from skills_matrix.assessments.models import SkillsView
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.campaigns.models import Campaign
from skills_matrix.campaigns.services import open_tasks
from skills_matrix.corrections.models import Correction
from skills_matrix.corrections.services import answer_correction
from tests.api.problems import problem_of
from tests.factories import make_assessment, make_competency, make_employee, make_target, make_user
from tests.skills_matrix.campaigns.test_campaign_services import TODAY, Section

pytestmark = pytest.mark.django_db
CAMPAIGNS = "/api/v1/skills/campaigns/"
MINE = f"{CAMPAIGNS}FY/self/"
LEVELS = {"levels": {"A": 2, "B": 1}, "is_final": True}


@pytest.fixture
def section(settings: Any) -> Section:
    found = Section(settings)
    open_tasks(on=TODAY)
    return found


def put(client: Client, address: str, body: Any) -> Any:
    return client.put(address, body, content_type="application/json")


def test_my_part_is_kept_then_handed_in(
    section: Section, visitor_of: Callable[[Any], Client]
) -> None:
    visitor = visitor_of(section.member)
    (row,) = visitor.get(CAMPAIGNS).json()["campaigns"]
    assert (row["own"], row["section"]) == ({"answered": 0, "asked": 2, "done_at": None}, None)
    questions = visitor.get(MINE).json()["questions"]
    assert [(one["competency"]["key"], one["level"]) for one in questions] == [
        ("A", None),
        ("B", None),
    ]
    kept = put(visitor, MINE, {"levels": {"A": 2}, "is_final": False}).json()
    assert (kept["questions"][0]["level"], kept["done_at"]) == (2, None)
    assert put(visitor, MINE, LEVELS).json()["done_at"]


def test_what_is_missing_is_a_problem_that_names_it(
    section: Section, visitor_of: Callable[[Any], Client]
) -> None:
    response = put(visitor_of(section.member), MINE, {"levels": {"A": 2}, "is_final": True})
    problem_of(response, 409, "incomplete")


def test_the_head_sees_the_own_levels_only_after_judging(
    section: Section, visitor_of: Callable[[Any], Client]
) -> None:
    put(visitor_of(section.member), MINE, LEVELS)
    head = visitor_of(section.head)
    (row,) = head.get(CAMPAIGNS).json()["campaigns"]
    assert row["section"] == {"people": 1, "self_done": 1, "head_done": 0}
    (member,) = head.get(f"{CAMPAIGNS}FY/team/").json()["results"]
    assert member["staff_number"] == section.member.staff_number
    address = f"{CAMPAIGNS}FY/team/{section.member.staff_number}/"
    assert [one["self_level"] for one in head.get(address).json()["questions"]] == [None, None]
    judged = put(head, address, {"levels": {"A": 1, "B": 1}, "is_final": True}).json()
    assert [one["self_level"] for one in judged["questions"]] == [2, 1]
    (first, _second) = head.get(f"{CAMPAIGNS}FY/differences/").json()["results"]
    assert (first["competency"]["key"], first["by"]) == ("A", -1)


def test_nothing_beyond_the_section(section: Section, visitor_of: Callable[[Any], Client]) -> None:
    head, member = visitor_of(section.head), visitor_of(section.member)
    assert head.get(f"{CAMPAIGNS}FY/team/{section.other.staff_number}/").status_code == 404
    assert member.get(f"{CAMPAIGNS}FY/team/").json()["count"] == 0
    assert member.get(f"{CAMPAIGNS}FY/differences/").json()["count"] == 0
    assert member.get(f"{CAMPAIGNS}NONE/self/").status_code == 404


def test_a_correction_is_asked_for_and_listed(
    section: Section, visitor_of: Callable[[Any], Client]
) -> None:
    visitor = visitor_of(section.member)
    address = "/api/v1/skills/corrections/"
    body = {"competency": "A", "text": "資格が抜けています", "level": 3}
    assert visitor.post(address, body, content_type="application/json").status_code == 201
    (row,) = visitor.get(address).json()["corrections"]
    assert (row["competency"]["key"], row["state"], row["level"]) == ("A", "open", 3)
    assert visitor_of(section.other).get(address).json()["corrections"] == []


def test_i_see_who_looked_when_and_why_and_nobody_elses(
    section: Section, visitor_of: Callable[[Any], Client]
) -> None:
    hr = make_employee(name="人事 太郎")
    log_skills_views(viewer=hr.user, subject_ids=[section.member.pk], what="cell:A")
    (look,) = visitor_of(section.member).get("/api/v1/skills/looks/").json()["results"]
    assert (look["who"], look["why"]) == ("人事 太郎", "Why a level is what it is")
    assert visitor_of(section.other).get("/api/v1/skills/looks/").json()["count"] == 0


def test_the_trend_shows_each_year_end_by_its_own_day(
    section: Section, visitor_of: Callable[[Any], Client]
) -> None:
    group = make_competency("G", is_group=True)
    skill = make_competency("C", parent=group)
    two_years_ago = timezone.now() - timedelta(days=800)
    make_assessment(section.member, skill, level=1, assessed_at=two_years_ago)
    make_assessment(section.member, skill, level=3, assessed_at=timezone.now())
    points = visitor_of(section.member).get("/api/v1/skills/trend/").json()["points"]
    assert points[-1]["levels"] == [0, 0, 0, 1, 0]
    assert points[-2]["levels"] == [0, 1, 0, 0, 0]
    assert points[-1]["groups"] == [
        {"group": {"key": "G", "title": group.title}, "mean_level": 3.0}
    ]
    assert [point["on"] for point in points] == sorted(point["on"] for point in points)


def test_a_head_sees_the_matrix_of_the_own_section_and_no_more(
    section: Section, visitor_of: Callable[[Any], Client]
) -> None:
    for person in (section.member, section.other):
        make_assessment(person, section.skills[0], level=2)
    head = visitor_of(section.head)
    matrix = head.get("/api/v1/skills/matrix/").json()
    assert matrix["count"] == 2
    cell = "/api/v1/skills/cells/{}/A/"
    assert head.get(cell.format(section.member.staff_number)).status_code == 200
    assert head.get(cell.format(section.other.staff_number)).status_code == 404
    assert visitor_of(section.member).get("/api/v1/skills/matrix/").status_code == 403
    assert SkillsView.objects.filter(viewer=section.head.user, subject=section.member).count() == 2


def test_tokens_need_the_scope(section: Section, machine_of: Callable[..., Client]) -> None:
    reader = machine_of(section.member, "skills:read")
    assert reader.get(MINE).status_code == 200
    assert put(reader, MINE, LEVELS).status_code == 403
    assert put(machine_of(section.member, "skills:write"), MINE, LEVELS).status_code == 200


def test_an_account_of_nobody_is_told(visitor_of: Callable[[Any], Client]) -> None:
    assert visitor_of(make_user()).get(CAMPAIGNS).status_code == 403


def test_what_is_kept_from_two_windows_adds_up(
    section: Section, visitor_of: Callable[[Any], Client]
) -> None:
    visitor = visitor_of(section.member)
    put(visitor, MINE, {"levels": {"A": 2}, "is_final": False})
    kept = put(visitor, MINE, {"levels": {"B": 1}, "is_final": False}).json()
    assert [one["level"] for one in kept["questions"]] == [2, 1]
    (row,) = visitor.get(CAMPAIGNS).json()["campaigns"]
    assert row["own"] == {"answered": 2, "asked": 2, "done_at": None}


def test_target_and_official_level_come_with_handing_in(
    section: Section, visitor_of: Callable[[Any], Client]
) -> None:
    for skill in section.skills:
        make_target(skill, level=3)
    make_assessment(section.member, section.skills[0], level=1)
    visitor = visitor_of(section.member)
    cell = f"/api/v1/skills/cells/{section.member.staff_number}/A/"
    beside = ("handed_in", "self_level", "official_level", "target")
    for kept in (visitor.get(MINE), put(visitor, MINE, LEVELS | {"is_final": False})):
        assert [[one[name] for name in beside] for one in kept.json()["questions"]] == [
            [None] * 4
        ] * 2
    explained = visitor.get(cell).json()
    assert (explained["target"], explained["gap"], explained["targets"]) == (None, None, [])
    done = put(visitor, MINE, LEVELS).json()["questions"]
    assert [[one[name] for name in beside] for one in done] == [[2, 2, 1, 3], [1, 1, None, 3]]
    assert visitor.get(cell).json()["target"] == 3


def test_campaigns_that_are_over_stay_readable_and_take_nothing(
    section: Section, visitor_of: Callable[[Any], Client]
) -> None:
    visitor = visitor_of(section.member)
    put(visitor, MINE, LEVELS)
    Campaign.objects.update(due_on=TODAY - timedelta(days=1))
    (row,) = visitor.get(CAMPAIGNS).json()["campaigns"]
    assert (row["is_open"], bool(row["own"]["done_at"])) == (False, True)
    assert visitor.get(MINE).json()["is_open"] is False
    problem_of(put(visitor, MINE, LEVELS), 409, "not_asked")


def test_what_was_agreed_on_is_noted_with_a_reason(
    section: Section, visitor_of: Callable[[Any], Client]
) -> None:
    put(visitor_of(section.member), MINE, LEVELS)
    head = visitor_of(section.head)
    number = section.member.staff_number
    put(head, f"{CAMPAIGNS}FY/team/{number}/", {"levels": {"A": 0, "B": 1}, "is_final": True})
    address = f"{CAMPAIGNS}FY/settlements/"
    body = {"staff_number": number, "competency": "A", "level": 1, "reason": ""}
    problem_of(head.post(address, body, content_type="application/json"), 409, "empty")
    body["reason"] = "実務で確認した"
    row = head.post(address, body, content_type="application/json").json()
    settled = row["settlement"]
    assert (settled["level"], settled["is_changed"], settled["by"]) == (
        1,
        True,
        section.head.name,
    )
    shown = head.get(f"{CAMPAIGNS}FY/differences/?at_least=2").json()
    assert [one["settlement"]["level"] for one in shown["results"]] == [1]
    member = visitor_of(section.member)
    problem_of(member.post(address, body, content_type="application/json"), 409, "not_asked")
    unknown = f"{CAMPAIGNS}FY/differences/?department=NONE"
    problem_of(head.get(unknown), 400, "unknown_filter_value")


def test_hr_is_told_of_a_request_and_the_person_of_the_answer(
    section: Section, visitor_of: Callable[[Any], Client]
) -> None:
    hr = make_employee(permissions=("lms_skills.view_skills_matrix", "lms_core.view_all_employees"))
    visitor = visitor_of(section.member)
    body = {"competency": "A", "text": "資格が抜けています"}
    for _ in range(2):
        visitor.post("/api/v1/skills/corrections/", body, content_type="application/json")
    (asked,) = visitor_of(hr).get("/api/v1/me/notices/").json()["results"]
    row = Correction.objects.get()
    assert (asked["kind"], asked["path"]) == (
        "correction_asked",
        f"/admin/skills-corrections/{row.uuid}/",
    )
    assert section.member.name in asked["text"]
    answer_correction(correction=row, state="accepted", answer="追加しました", by=hr.user)
    (done,) = visitor.get("/api/v1/me/notices/?unread=true").json()["results"][:1]
    assert (done["kind"], done["path"]) == ("correction_done", "/corrections")
