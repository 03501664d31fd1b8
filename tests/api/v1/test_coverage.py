import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lms.people.calendar import office_today
from lms.people.models import Employee, Posting
from skills_matrix.assessments.models import SkillsView
from skills_matrix.competencies.models import Competency
from tests.api.problems import places_of, problem_of
from tests.factories import (
    make_ageing_rule,
    make_assessment,
    make_audience_rule,
    make_award,
    make_competency,
    make_course,
    make_department,
    make_employee,
    make_posting,
    make_process,
    make_role,
    make_scale,
    make_target,
    make_tier,
)

COVERAGE = "/api/v1/skills/coverage/"
WHAT_IF = "/api/v1/skills/what-if/"
EXPIRING = "/api/v1/skills/expiring/"
HR = ["lms_skills.view_skills_matrix", "lms_core.view_all_employees"]


@pytest.fixture
def hr(db: None) -> Employee:
    return make_employee("000001", name="人事 太郎", permissions=HR)


@pytest.fixture
def desk(hr: Employee, visitor_of: Callable[[Any], Client]) -> Client:
    return visitor_of(hr)


@pytest.fixture
def skill(db: None) -> Competency:
    return make_competency("K1", title="データを扱う")


@pytest.fixture
def office(skill: Competency) -> dict[str, Any]:
    """税務課 of six: the head, three at level 2, of whom one leaves and one expires, two below.
    介護課 of two, one at level 2. The process of 税務課 takes three."""
    make_scale()
    division = make_department("kumin", title="区民部")
    tax = make_department("zeimu", title="税務課", parent=division)
    care = make_department("kaigo", title="介護課", parent=division)
    head, staff = make_tier("G5", rank=5000), make_tier("G1", rank=10)
    soon = office_today() + timedelta(days=30)
    people = {
        "head": make_employee("200001", name="長", department=tax, tier=head),
        "a": make_employee("200002", name="甲", kana="コウ", department=tax, tier=staff),
        "b": make_employee(
            "200003", name="乙", kana="オツ", department=tax, tier=staff, ends_on=soon
        ),
        "c": make_employee("200004", name="丙", kana="ヘイ", department=tax, tier=staff),
        "d": make_employee("200005", name="丁", kana="テイ", department=tax, tier=staff),
        "e": make_employee("200006", name="戊", kana="ボ", department=tax, tier=staff),
        "x": make_employee("200007", name="己", kana="キ", department=care, tier=staff),
        "y": make_employee("200008", name="庚", kana="コウ", department=care, tier=staff),
    }
    for name in ("a", "b", "x"):
        make_assessment(people[name], skill, 2)
    make_assessment(people["c"], skill, 2, valid_until=timezone.now() + timedelta(days=40))
    make_assessment(people["c"], skill, 1, kind="test")
    make_assessment(people["d"], skill, 0)
    process = make_process("KAZEI", title="課税事務", department=tax, needs={skill: (2, 3)})
    return people | {"tax": tax, "care": care, "process": process, "staff": staff}


def unit_of(body: dict[str, Any], key: str) -> dict[str, Any]:
    (row,) = [row for row in body["units"] if row["unit"]["key"] == key]
    return row  # type: ignore[no-any-return]


def test_a_business_process_is_covered_today_and_short_after_people_leave(
    desk: Client, office: dict[str, Any]
) -> None:
    body = desk.get(COVERAGE, {"horizon": 90}, headers={"accept-language": "ja"}).json()
    assert body["horizon_on"] == (office_today() + timedelta(days=90)).isoformat()
    (risk,) = body["risks"]
    assert risk["unit"] == {
        "key": "KAZEI",
        "title": "課税事務",
        "kind": "process",
        "department": {"key": "zeimu", "title": "税務課"},
    }
    names = ("needed", "people", "assessed", "holders", "leaving", "expiring", "secure")
    assert [risk[name] for name in names] == [3, 6, 4, 3, 1, 1, 1]
    assert (risk["reason"], risk["missing"], risk["bus_factor"]) == ("short_after_leavings", 1, 1)
    row = unit_of(body, "KAZEI")
    assert (row["people"], row["needs"], row["covered"], row["least_bus_factor"]) == (6, 1, 1, 1)
    assert row["by_reason"]["short_after_leavings"] == 1


@pytest.mark.parametrize(("horizon", "leaving"), [(28, 0), (29, 1)])
def test_the_last_day_of_a_posting_must_lie_within_the_horizon(
    desk: Client, office: dict[str, Any], horizon: int, leaving: int
) -> None:
    body = desk.get(COVERAGE, {"horizon": horizon}).json()
    assert body["by_reason"]["short_after_leavings"] == leaving
    assert len(body["risks"]) == leaving


def test_a_section_needs_what_its_people_are_asked_for(
    desk: Client, office: dict[str, Any], skill: Competency
) -> None:
    make_target(skill, 2, tier=office["staff"])
    body = desk.get(COVERAGE, {"kind": "section", "horizon": 0}).json()
    rows = {row["unit"]["key"]: row for row in body["risks"]}
    # The head is asked for nothing. Five of 税務課 are, and three reach it.
    assert (rows["zeimu"]["needed"], rows["zeimu"]["holders"]) == (5, 3)
    assert (rows["kaigo"]["needed"], rows["kaigo"]["holders"]) == (2, 1)
    assert {row["reason"] for row in body["risks"]} == {"short_now"}
    assert "kumin" not in {row["unit"]["key"] for row in body["units"]}


def test_risks_are_narrowed_by_department_kind_and_reason_and_come_page_by_page(
    desk: Client, office: dict[str, Any], skill: Competency
) -> None:
    make_target(skill, 2, tier=office["staff"])

    def asked(**query: Any) -> list[tuple[str, str]]:
        body = desk.get(COVERAGE, {"horizon": 90, **query}).json()
        assert body["count"] >= len(body["risks"])
        return [(row["unit"]["key"], row["reason"]) for row in body["risks"]]

    whole = [
        ("kaigo", "short_now"),
        ("zeimu", "short_now"),
        ("KAZEI", "short_after_leavings"),
    ]
    assert asked() == whole
    assert asked(page_size=2) == whole[:2]
    assert asked(page_size=2, page=2) == whole[2:]
    assert asked(page=9) == []
    assert asked(department="kaigo") == whole[:1]
    assert asked(department="kumin", kind="process") == whole[2:]
    assert asked(reason="short_now") == whole[:2]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ({"department": "nowhere"}, "department"),
        ({"horizon": -1}, "horizon"),
        ({"kind": "office"}, "kind"),
        ({"reason": "bad"}, "reason"),
        ({"as_of": "soon"}, "as_of"),
        ({"who": "me"}, "who"),
    ],
)
def test_a_filter_that_names_nothing_is_refused(
    desk: Client, office: dict[str, Any], query: dict[str, Any], place: str
) -> None:
    answer = desk.get(COVERAGE, query)
    assert answer.status_code == 400
    assert places_of(answer.json()) == [place]


def test_coverage_of_another_day_knows_the_postings_and_processes_of_that_day(
    desk: Client, office: dict[str, Any]
) -> None:
    later = office_today() + timedelta(days=35)
    (risk,) = desk.get(COVERAGE, {"as_of": later.isoformat(), "horizon": 0}).json()["risks"]
    assert (risk["reason"], risk["people"], risk["holders"]) == ("short_now", 5, 2)
    office["process"].effective_until = later
    office["process"].save()
    assert desk.get(COVERAGE, {"as_of": later.isoformat()}).json()["risks"] == []


def test_the_file_holds_the_risks_or_every_need(
    desk: Client, office: dict[str, Any], skill: Competency
) -> None:
    make_target(skill, 2, tier=office["staff"])
    office["care"].title_ja = "=介護課"
    office["care"].save()

    def file(**query: Any) -> list[dict[str, str]]:
        answer = desk.get(
            COVERAGE, {"format": "csv", "horizon": 0, **query}, headers={"accept-language": "ja"}
        )
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert answer["Content-Disposition"].endswith('.csv"')
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    risks = file()
    assert [row["所属・業務"] for row in risks] == ["'=介護課", "税務課"]
    assert risks[0]["リスクの理由"] == "現時点で不足"
    assert [row["所属・業務"] for row in file(list="coverage")] == [
        "課税事務",
        "'=介護課",
        "税務課",
    ]


def test_the_number_of_queries_does_not_depend_on_the_office(
    desk: Client,
    office: dict[str, Any],
    skill: Competency,
    queries_of: Callable[[Client, str], int],
) -> None:
    make_target(skill, 2, tier=office["staff"])
    addresses = (COVERAGE, f"{COVERAGE}process/KAZEI/", EXPIRING)
    for address in addresses:
        desk.get(address)
    few = [queries_of(desk, address) for address in addresses]
    for number in range(12):
        section = make_department(parent=office["tax"])
        person = make_employee(department=section, tier=office["staff"])
        other = make_competency()
        make_assessment(person, other, 3, valid_until=timezone.now() + timedelta(days=number + 1))
        make_assessment(person, skill, 3)
        make_target(other, 2)
        make_process(department=section, needs={other: (1, 2), skill: (2, 1)})
    desk.get(COVERAGE)
    assert [queries_of(desk, address) for address in addresses] == few


# --- one unit ---------------------------------------------------------------------------------


def test_a_unit_shows_its_holders_by_name_and_each_look_is_logged(
    desk: Client, hr: Employee, office: dict[str, Any]
) -> None:
    body = desk.get(f"{COVERAGE}process/KAZEI/", {"horizon": 90}).json()
    (row,) = body["needs"]
    found = [(one["name"], one["state"], one["level"]) for one in row["holders"]]
    assert found == [("乙", "leaving", 2), ("丙", "expiring", 2), ("甲", "secure", 2)]
    leaver, expirer, _stays = row["holders"]
    assert leaver["leaves_on"] == (office_today() + timedelta(days=30)).isoformat()
    assert leaver["falls_at"] is None
    assert expirer["leaves_on"] is None
    assert expirer["falls_at"] is not None
    assert row["unnamed"] == 0
    seen = SkillsView.objects.filter(viewer=hr.user, what="coverage:process:KAZEI")
    # Of those whose names are shown, and of nobody else.
    assert seen.count() == len(row["holders"])


def test_who_helps_beside_a_main_posting_is_a_member_of_the_process_only(
    desk: Client, office: dict[str, Any]
) -> None:
    make_posting(office["x"], department=office["tax"], tier=office["staff"], is_main=False)
    body = desk.get(f"{COVERAGE}process/KAZEI/", {"horizon": 0}).json()
    assert "己" in {one["name"] for one in body["needs"][0]["holders"]}
    assert body["numbers"]["people"] == 7
    sections = desk.get(COVERAGE, {"kind": "section"}).json()
    assert unit_of(sections, "zeimu")["people"] == 6


@pytest.mark.parametrize("address", ["process/NONE/", "section/NONE/", "office/zeimu/"])
def test_an_unknown_unit_is_not_found(desk: Client, office: dict[str, Any], address: str) -> None:
    problem_of(desk.get(COVERAGE + address), 404, "not_visible")


# --- who may see what -------------------------------------------------------------------------


def test_a_head_sees_the_own_section_and_no_other(
    office: dict[str, Any], visitor_of: Callable[[Any], Client]
) -> None:
    head = visitor_of(office["head"])
    body = head.get(COVERAGE).json()
    assert {row["unit"]["key"] for row in body["units"]} == {"zeimu", "KAZEI"}
    assert [row["key"] for row in body["departments"]] == ["zeimu"]
    refused = problem_of(head.get(COVERAGE, {"department": "kaigo"}), 400, "unknown_filter_value")
    assert places_of(refused) == ["department"]
    found = head.get(f"{COVERAGE}process/KAZEI/", {"horizon": 90}).json()
    assert [one["name"] for one in found["needs"][0]["holders"]] == ["乙", "丙", "甲"]
    problem_of(head.get(f"{COVERAGE}section/kaigo/"), 404, "not_visible")


def test_to_a_head_somebody_from_elsewhere_is_counted_and_not_named(
    office: dict[str, Any], visitor_of: Callable[[Any], Client]
) -> None:
    make_posting(office["x"], department=office["tax"], tier=office["staff"], is_main=False)
    found = visitor_of(office["head"]).get(f"{COVERAGE}process/KAZEI/").json()
    (need,) = found["needs"]
    assert (need["need"]["holders"], need["unnamed"]) == (4, 1)
    assert "己" not in {one["name"] for one in need["holders"]}


def test_a_small_section_is_suppressed_for_its_head_but_not_for_hr(
    office: dict[str, Any],
    desk: Client,
    skill: Competency,
    visitor_of: Callable[[Any], Client],
    settings: Any,
) -> None:
    make_target(skill, 2, tier=office["staff"])
    settings.LMS_SMALLEST_GROUP = 7
    head = visitor_of(office["head"])
    body = head.get(COVERAGE).json()
    assert body["risks"] == []
    assert body["small_group"] == 7
    for key in ("zeimu", "KAZEI"):
        row = unit_of(body, key)
        assert row["is_suppressed"]
        assert {row[name] for name in ("people", "needs", "covered", "by_reason")} == {None}
    assert "zeimu" not in head.get(COVERAGE, {"format": "csv", "list": "coverage"}).content.decode()
    alone = head.get(f"{COVERAGE}section/zeimu/").json()
    assert (alone["numbers"]["is_suppressed"], alone["needs"]) == (True, [])
    whole = desk.get(COVERAGE).json()
    assert whole["small_group"] == 0
    assert not any(row["is_suppressed"] for row in whole["units"])
    settings.LMS_SMALLEST_GROUP = 6
    assert unit_of(head.get(COVERAGE).json(), "zeimu")["people"] == 6


def test_whoever_oversees_nobody_sees_no_coverage(
    office: dict[str, Any], visitor_of: Callable[[Any], Client]
) -> None:
    staff = visitor_of(office["a"])
    for address in (COVERAGE, f"{COVERAGE}process/KAZEI/", EXPIRING):
        problem_of(staff.get(address), 403, "permission_denied")


def test_only_hr_asks_what_if(office: dict[str, Any], visitor_of: Callable[[Any], Client]) -> None:
    move = {"staff_number": "200002", "department": "kaigo"}
    body = {"on": office_today().isoformat(), "moves": [move]}
    for who in ("head", "a"):
        visitor = visitor_of(office[who])
        problem_of(
            visitor.post(WHAT_IF, body, content_type="application/json"), 403, "permission_denied"
        )
        problem_of(visitor.get(WHAT_IF), 403, "permission_denied")
        problem_of(visitor.get(f"{WHAT_IF}people/", {"search": "甲"}), 403, "permission_denied")


# --- what if ----------------------------------------------------------------------------------


def ask(desk: Client, *moves: dict[str, Any], on: Any = None) -> Any:
    body = {"on": (on or office_today()).isoformat(), "moves": list(moves)}
    return desk.post(
        WHAT_IF, body, content_type="application/json", headers={"accept-language": "ja"}
    )


def test_a_move_makes_a_process_fall_short_and_writes_nothing(
    desk: Client, hr: Employee, office: dict[str, Any]
) -> None:
    before = list(Posting.objects.order_by("pk").values())
    body = ask(desk, {"staff_number": "200002", "department": "kaigo"}).json()
    (change,) = body["changes"]
    assert (change["unit"]["key"], change["change"]) == ("KAZEI", "falls")
    assert (change["holders_before"], change["holders"], change["shortage"]) == (3, 2, 1)
    (move,) = body["moves"]
    assert move["person"]["department"]["title"] == "税務課"
    assert move["to_department"]["title"] == "介護課"
    assert move["to_tier"]["key"] == "G1"
    assert [(row["unit"]["key"], row["before"], row["after"]) for row in body["sizes"]] == [
        ("KAZEI", 6, 5),
        ("kaigo", 2, 3),
        ("zeimu", 6, 5),
    ]
    assert list(Posting.objects.order_by("pk").values()) == before
    assert SkillsView.objects.filter(viewer=hr.user, what="what-if").count() == 1


def test_a_newcomer_brings_the_target_of_the_new_tier_and_the_place_left_stays_needed(
    desk: Client, office: dict[str, Any], skill: Competency
) -> None:
    chief = make_tier("G3", rank=30)
    make_target(skill, 3, tier=chief)
    make_target(skill, 2, tier=office["staff"])
    body = ask(desk, {"staff_number": "200007", "department": "zeimu", "tier": "G3"}).json()
    found = {
        (row["unit"]["key"], row["level"]): (row["change"], row["needed_before"], row["needed"])
        for row in body["changes"]
    }
    # 介護課 still needs two. 税務課 needs one more, at level 3; at level 2 it gains a holder.
    assert found[("kaigo", 2)] == ("worse", 2, 2)
    assert found[("zeimu", 3)] == ("falls", 0, 1)


def test_somebody_who_leaves_is_nowhere_and_roles_end_with_the_posting(
    desk: Client, office: dict[str, Any], skill: Competency
) -> None:
    body = ask(desk, {"staff_number": "200002"}).json()
    assert body["moves"][0]["to_department"] is None
    assert [row["unit"]["key"] for row in body["sizes"]] == ["KAZEI", "zeimu"]


def test_on_a_later_day_what_ends_until_then_counts_before_and_after(
    desk: Client, office: dict[str, Any]
) -> None:
    later = office_today() + timedelta(days=50)
    body = ask(desk, {"staff_number": "200007", "department": "zeimu"}, on=later).json()
    (change,) = body["changes"]
    assert (change["unit"]["key"], change["change"]) == ("KAZEI", "better")
    assert (change["holders_before"], change["holders"]) == (1, 2)


@pytest.mark.parametrize(
    ("moves", "place"),
    [
        ([{"staff_number": "9"}], "moves.0.staff_number"),
        ([{"staff_number": "200002", "department": "no"}], "moves.0.department"),
        ([{"staff_number": "200002", "tier": "no"}], "moves.0.tier"),
        ([{"staff_number": "200002", "roles": ["no"]}], "moves.0.roles"),
        ([{"staff_number": "200002"}, {"staff_number": "200002"}], "moves.1.staff_number"),
        ([], "moves"),
    ],
)
def test_a_move_that_names_nothing_is_refused(
    desk: Client, office: dict[str, Any], moves: list[dict[str, Any]], place: str
) -> None:
    answer = ask(desk, *moves)
    assert answer.status_code == 400
    assert places_of(answer.json()) == [place]


def test_people_are_found_by_name_kana_and_number_and_places_are_offered(
    desk: Client, office: dict[str, Any]
) -> None:
    make_role("LDR", title="DX推進リーダー")

    def found(search: str) -> list[str]:
        body = desk.get(f"{WHAT_IF}people/", {"search": search}).json()
        assert body["is_cut"] is False
        return [row["name"] for row in body["people"]]

    assert found("甲") == ["甲"]
    assert found("コウ") == ["甲", "庚"]
    assert found("200003") == ["乙"]
    assert found("20000") == []
    choices = desk.get(WHAT_IF).json()
    assert "zeimu" in {row["key"] for row in choices["departments"]}
    assert {"G1", "G5"} <= {row["key"] for row in choices["tiers"]}
    assert [row["key"] for row in choices["roles"]] == ["LDR"]


# --- expiring ---------------------------------------------------------------------------------


def test_a_level_that_falls_soon_says_to_what_and_what_renews_it(
    desk: Client, hr: Employee, office: dict[str, Any], skill: Competency
) -> None:
    course = make_course("C1", title="データ研修", minutes=90)
    make_award(course, skill, 2)
    make_audience_rule(course)
    make_target(skill, 2, tier=office["staff"])
    make_ageing_rule(skill, 10_000)
    body = desk.get(EXPIRING, {"horizon": 90}, headers={"accept-language": "ja"}).json()
    (row,) = body["results"]
    assert (row["name"], row["level"], row["falls_to"], row["target"]) == ("丙", 2, 1, 2)
    assert row["misses_target"] is True
    assert row["course"] == {"key": "C1", "title": "データ研修", "minutes": 90}
    assert row["by_project"] is True
    assert SkillsView.objects.filter(viewer=hr.user, what="expiring").count() == 1
    assert desk.get(EXPIRING, {"horizon": 39}).json()["results"] == []
    assert desk.get(EXPIRING, {"department": "kaigo"}).json()["results"] == []


def test_only_what_makes_a_target_missed(
    desk: Client, office: dict[str, Any], skill: Competency
) -> None:
    query = {"horizon": 90, "only_targets": True}
    assert desk.get(EXPIRING, query).json()["count"] == 0
    make_target(skill, 1)
    assert desk.get(EXPIRING, query).json()["count"] == 0
    make_target(skill, 2, tier=office["staff"])
    assert desk.get(EXPIRING, query).json()["count"] == 1


def test_without_a_course_or_ageing_nothing_renews(desk: Client, office: dict[str, Any]) -> None:
    (row,) = desk.get(EXPIRING, {"horizon": 90}).json()["results"]
    assert (row["course"], row["by_project"], row["target"]) == (None, False, None)


def test_a_head_sees_the_own_people_only(
    office: dict[str, Any], skill: Competency, visitor_of: Callable[[Any], Client]
) -> None:
    soon = timezone.now() + timedelta(days=5)
    make_assessment(office["y"], skill, 3, valid_until=soon)
    body = visitor_of(office["head"]).get(EXPIRING, {"horizon": 90}).json()
    assert [row["name"] for row in body["results"]] == ["丙"]


def test_a_machine_needs_the_scope_of_the_matrix(
    office: dict[str, Any], hr: Employee, machine_of: Callable[..., Client]
) -> None:
    assert machine_of(hr, "matrix:read").get(COVERAGE).status_code == 200
    problem_of(machine_of(hr, "skills:read").get(COVERAGE), 403, "insufficient_scope")
