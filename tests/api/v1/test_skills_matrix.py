from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.people.calendar import fiscal_year, office_today
from lms.people.models import Employee, Posting
from skills_matrix.assessments.models import Assessment, SkillsView
from skills_matrix.competencies.models import Assurance, Competency
from skills_matrix.saved_views.services import MOST
from tests.api.problems import places_of, problem_of
from tests.api.v1.conftest import HR
from tests.factories import (
    make_assessment,
    make_competency,
    make_employee,
    make_framework,
    make_role,
    make_scale,
    make_target,
    make_tier,
    make_user,
)

MATRIX = "/api/v1/skills/matrix/"


def numbers(body: dict[str, Any]) -> list[str]:
    return [person["staff_number"] for person in body["people"]]


def test_the_matrix_shows_people_cells_and_sums(desk: Client, office: dict[str, Employee]) -> None:
    make_scale()
    found = desk.get(f"{MATRIX}?department=kumin").json()
    assert found["as_of"] == office_today().isoformat()
    assert (found["count"], found["page"], found["page_size"], found["pages"]) == (3, 1, 50, 1)
    assert [item["key"] for item in found["competencies"]] == ["K1"]
    assert found["competencies"][0]["group"]["key"] == "data"
    assert found["competencies"][0]["framework_key"] == "DSS"
    people = {person["staff_number"]: person for person in found["people"]}
    assert people["200001"]["department"] == {"key": "zeimu", "title": "税務課"}
    assert people["200001"]["roles"] == [{"key": "leader", "title": "DX推進リーダー"}]
    assert cells(people["200001"]) == [(3, None, None)]
    assert cells(people["200002"]) == [(1, 2, 1)]
    assert cells(people["200003"]) == [(None, 2, 2)]
    since = date(1970, 1, 1) + timedelta(days=people["200002"]["since"][0])
    assert since == office_today()
    assert people["200003"]["since"] == people["200002"]["expires"] == [None]
    assert people["200002"]["before"] is None
    assert found["summary"] == {
        "people": 3,
        "assessed": [2],
        "with_target": [2],
        "at_target": [0],
        "mean_level": [2.0],
        "changes": None,
        "is_suppressed": False,
    }


def test_the_matrix_names_the_values_of_its_filters_as_a_tree(
    desk: Client, office: dict[str, Employee]
) -> None:
    filters = desk.get(f"{MATRIX}?department=kumin").json()["filters"]
    tree = [(row["key"], row["depth"]) for row in filters["departments"]]
    at = tree.index(("kumin", 0))
    assert tree[at : at + 3] == [("kumin", 0), ("kaigo", 1), ("zeimu", 1)]
    assert "chief" in [row["key"] for row in filters["tiers"]]
    assert [row["key"] for row in filters["roles"]] == ["leader"]
    assert [row["key"] for row in filters["frameworks"]] == ["DSS"]


def cells(person: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Level, target and gap by column."""
    return list(zip(person["levels"], person["targets"], person["gaps"], strict=True))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("department=kumin", {"200001", "200002", "200003"}),
        ("department=zeimu", {"200001", "200002"}),
        ("department=zeimu&tier=staff", {"200002"}),
        ("role=leader", {"200001"}),
        ("tier=chief", {"200001"}),
    ],
)
def test_the_matrix_can_be_narrowed(
    desk: Client, office: dict[str, Employee], query: str, expected: set[str]
) -> None:
    assert set(numbers(desk.get(f"{MATRIX}?{query}").json())) == expected


ABOUT = "&competency=K1"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("level=1" + ABOUT, {"200001", "200002"}),
        ("level=2&level_is=at_least" + ABOUT, {"200001"}),
        ("level=2&level_is=at_most" + ABOUT, {"200002"}),
        ("level=3&level_is=exactly" + ABOUT, {"200001"}),
        ("level_is=never" + ABOUT, {"200003"}),
        ("level=1&level_is=never" + ABOUT, {"200003"}),
        ("gap=1" + ABOUT, {"200002", "200003"}),
        ("gap=2", {"200003"}),
        ("gap=0", set()),
        ("gap=1&level=1", {"200002"}),
        ("assurance=5&level=0", set()),
        ("assurance=4&level=0", {"200001", "200002"}),
        ("expires_within=30", set()),
        ("older_than=30", set()),
    ],
)
def test_the_matrix_can_be_narrowed_to_cells_that_are_so(
    desk: Client, office: dict[str, Employee], query: str, expected: set[str]
) -> None:
    found = desk.get(f"{MATRIX}?department=kumin&{query}").json()
    assert set(numbers(found)) == expected
    assert found["count"] == found["summary"]["people"] == len(expected)


def test_the_matrix_finds_what_is_about_to_end_and_what_is_old(
    desk: Client, office: dict[str, Employee], competency: Competency
) -> None:
    now = timezone.now()
    make_assessment(
        office["c"],
        competency,
        2,
        assessed_at=now - timedelta(days=400),
        valid_until=now + timedelta(days=20),
    )
    for query, expected in (
        ("expires_within=20", ["200003"]),
        ("expires_within=19", []),
        ("older_than=399", ["200003"]),
        ("older_than=401", []),
    ):
        assert numbers(desk.get(f"{MATRIX}?department=kumin&{query}").json()) == expected, query


def test_surer_evidence_alone_may_count(
    desk: Client, office: dict[str, Employee], competency: Competency
) -> None:
    make_assessment(
        office["b"],
        competency,
        2,
        kind=Assessment.Kind.PROJECT,
        assurance=Assurance.PROJECT_OUTCOME,
    )
    found = desk.get(f"{MATRIX}?department=kumin&assurance=5&sort=kana").json()
    people = {person["staff_number"]: cells(person) for person in found["people"]}
    assert people == {
        "200001": [(None, None, None)],
        "200002": [(2, 2, 0)],
        "200003": [(None, 2, 2)],
    }
    explained = desk.get("/api/v1/skills/cells/200001/K1/?assurance=5").json()
    assert (explained["level"], explained["minimum_assurance"]["value"]) == (None, 5)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("department", "312"),
        ("-department", "213"),
        ("kana", "321"),
        ("-kana", "123"),
        ("tier", "132"),
        ("level", "213"),
        ("-level", "123"),
        ("gap", "231"),
        ("-gap", "321"),
        ("-gap&competency=K1", "321"),
    ],
)
def test_the_matrix_stands_in_the_order_asked_for(
    desk: Client, office: dict[str, Employee], sort: str, expected: str
) -> None:
    for key, kana in zip("abc", ("ハ", "ば", "ア"), strict=True):
        Employee.objects.filter(pk=office[key].pk).update(kana=kana)
    found = desk.get(f"{MATRIX}?department=kumin&sort={sort}").json()
    assert "".join(number[-1] for number in numbers(found)) == expected


def test_the_matrix_comes_in_groups_with_their_sums(
    desk: Client, office: dict[str, Employee]
) -> None:
    found = desk.get(f"{MATRIX}?department=kumin&group_by=department&page_size=2").json()
    groups = [(row["unit"]["key"], row["start"], row["count"]) for row in found["groups"]]
    assert groups == [("kaigo", 0, 1), ("zeimu", 1, 2)]
    care, tax = (row["sums"] for row in found["groups"])
    assert (care["assessed"], care["with_target"], care["mean_level"]) == ([0], [1], [None])
    assert (tax["assessed"], tax["with_target"], tax["mean_level"]) == ([2], [1], [2.0])
    assert numbers(found) == ["200003", "200001"]


def test_by_role_whoever_holds_several_stands_in_each(
    desk: Client, office: dict[str, Employee]
) -> None:
    office["a"].postings.get().roles.add(make_role("zeta"))
    found = desk.get(f"{MATRIX}?department=kumin&group_by=role").json()
    groups = [(row["unit"] and row["unit"]["key"], row["count"]) for row in found["groups"]]
    assert groups == [("leader", 1), ("zeta", 1), (None, 2)]
    assert (found["count"], found["summary"]["people"]) == (4, 3)
    assert numbers(found)[:2] == ["200001", "200001"]


def test_competencies_can_be_taken_together_by_category(
    desk: Client, office: dict[str, Employee], competency: Competency
) -> None:
    second = make_competency("K9", parent=competency.parent)
    make_assessment(office["a"], second, 2)
    make_target(second, 3, role=office["a"].postings.get().roles.get())
    alone = make_competency("K0", framework=make_framework("ZZ", title="別の体系"))
    found = desk.get(f"{MATRIX}?department=kumin&collapse=true").json()
    columns = [(row["key"], row["title"], row["size"]) for row in found["competencies"]]
    assert columns == [("data", "データ", 2), ("ZZ", "別の体系", 1)]
    person = next(row for row in found["people"] if row["staff_number"] == "200001")
    assert (person["levels"], person["lowest"], person["gaps"]) == (
        [2.5, None],
        [2, None],
        [1, None],
    )
    assert found["summary"]["assessed"] == [3, 0]
    assert found["summary"]["mean_level"] == [2.0, None]
    assert alone.key not in str(columns)


def test_two_days_can_be_compared(
    desk: Client, office: dict[str, Employee], competency: Competency
) -> None:
    then = office_today() - timedelta(days=100)
    make_assessment(office["b"], competency, 2, assessed_at=timezone.now() - timedelta(days=200))
    late = make_employee("200004", department=office["a"].postings.get().department)
    Posting.objects.filter(employee=late).update(starts_on=office_today())
    make_assessment(
        office["c"],
        competency,
        2,
        kind=Assessment.Kind.CERTIFICATE,
        assessed_at=timezone.now() - timedelta(days=200),
        valid_until=timezone.now() - timedelta(days=1),
    )
    found = desk.get(f"{MATRIX}?department=kumin&compared_to={then}").json()
    assert found["compared_to"] == then.isoformat()
    changed = {
        person["staff_number"]: (person["before"], person["levels"], person["changes"])
        for person in found["people"]
    }
    assert changed == {
        "200001": ([None], [3], ["appeared"]),
        "200002": ([2], [1], ["fell"]),
        "200003": ([2], [None], ["ended"]),
        "200004": ([None], [None], [None]),
    }
    assert found["summary"]["changes"] == {"rose": [0], "fell": [1], "appeared": [1], "ended": [1]}
    assert found["turnover"] == {"joined": 1, "left": 0}
    grouped = desk.get(
        f"{MATRIX}?department=kumin&compared_to={then}&group_by=department&collapse=true"
    ).json()
    assert [row["sums"]["changes"]["ended"] for row in grouped["groups"]] == [[1], [0]]


def test_further_pages_hold_rows_only(desk: Client, office: dict[str, Employee]) -> None:
    query = "department=kumin&page_size=2&page=2&sort=kana"
    whole = desk.get(f"{MATRIX}?{query}").json()
    rows = desk.get(f"{MATRIX}rows/?{query}").json()
    assert rows == {name: whole[name] for name in rows}
    assert "filters" not in rows


def test_a_page_of_the_past_is_derived_once_until_something_changes(
    desk: Client, office: dict[str, Employee], competency: Competency, queries_of: Any
) -> None:
    yesterday = office_today() - timedelta(days=1)
    address = f"{MATRIX}?department=kumin&as_of={yesterday}"
    desk.get(address)
    again = queries_of(desk, address)
    make_assessment(office["c"], competency, 4, assessed_at=timezone.now() - timedelta(days=3))
    found = desk.get(address).json()
    assert ("200003", [4]) in [(row["staff_number"], row["levels"]) for row in found["people"]]
    assert queries_of(desk, address) == again


@pytest.mark.parametrize(
    "query",
    ["level=5", "level_is=more", "gap=-1", "assurance=6", "sort=name", "group_by=x", "colour=red"],
)
def test_what_the_matrix_does_not_know_is_refused(desk: Client, query: str) -> None:
    assert desk.get(f"{MATRIX}?{query}").status_code == 400


def test_the_matrix_can_be_narrowed_to_a_framework_or_group(
    desk: Client, office: dict[str, Employee]
) -> None:
    other = make_competency("K2", framework=make_framework("OTHER"))
    for query, keys in (
        ("framework=OTHER", [other.key]),
        ("group=data", ["K1"]),
        ("framework=", ["K1", "K2"]),
    ):
        found = desk.get(f"{MATRIX}?{query}").json()
        assert [item["key"] for item in found["competencies"]] == keys


@pytest.mark.parametrize("name", ["department", "tier", "role", "framework", "group", "competency"])
def test_a_filter_that_names_nothing_is_refused(desk: Client, name: str) -> None:
    problem = problem_of(desk.get(f"{MATRIX}?{name}=nothing"), 400, "unknown_filter_value")
    assert places_of(problem) == [name]


def test_the_matrix_comes_in_pages(desk: Client, office: dict[str, Employee]) -> None:
    first = desk.get(f"{MATRIX}?department=kumin&page_size=2").json()
    second = desk.get(f"{MATRIX}?department=kumin&page_size=2&page=2").json()
    assert (first["count"], first["pages"]) == (3, 2)
    assert len(numbers(first)) == 2
    assert set(numbers(first) + numbers(second)) == {"200001", "200002", "200003"}
    assert second["summary"] == first["summary"]


def test_the_matrix_shows_the_office_of_another_day(
    desk: Client, office: dict[str, Employee], competency: Competency
) -> None:
    Posting.objects.filter(employee=office["a"]).update(ends_on=office_today())
    yesterday = office_today() - timedelta(days=1)
    assert "200001" not in numbers(desk.get(MATRIX).json())
    past = desk.get(f"{MATRIX}?as_of={yesterday}").json()
    assert past["as_of"] == yesterday.isoformat()
    assert "200001" in numbers(past)
    person = next(row for row in past["people"] if row["staff_number"] == "200001")
    assert cells(person) == [(None, None, None)]


def test_every_look_at_others_is_logged(
    desk: Client, hr: Employee, office: dict[str, Employee]
) -> None:
    desk.get(f"{MATRIX}?department=zeimu")
    seen = SkillsView.objects.filter(viewer=hr.user).values_list("subject__staff_number", flat=True)
    assert set(seen) == {"200001", "200002"}


def test_the_matrix_is_closed_without_the_permission(
    visitor: Client, visitor_of: Callable[[Any], Client]
) -> None:
    for client in (visitor, visitor_of(make_user())):
        for query in ("", "?format=csv", "?format=xlsx", "?department=nothing"):
            problem_of(client.get(MATRIX + query), 403, "permission_denied")
    assert not SkillsView.objects.exists()


def test_a_token_of_hr_needs_the_scope_of_the_matrix(
    hr: Employee, machine_of: Callable[..., Client]
) -> None:
    problem_of(machine_of(hr, "skills:read").get(MATRIX), 403, "insufficient_scope")
    assert machine_of(hr, "matrix:read").get(MATRIX).status_code == 200


def test_the_number_of_queries_of_the_matrix_does_not_depend_on_its_size(
    desk: Client, queries_of: Callable[[Client, str], int]
) -> None:
    tier, role = make_tier(), make_role()

    def add(number: int) -> None:
        for _ in range(number):
            competency = make_competency(parent=make_competency(is_group=True))
            make_target(competency, 2, tier=tier)
            person = make_employee(tier=tier, roles=[role])
            make_assessment(person, competency, 1)

    add(3)
    # The first look after a change brings the copy up to date.
    desk.get(MATRIX)
    few = queries_of(desk, MATRIX)
    add(27)
    found = desk.get(MATRIX).json()
    assert (found["count"], len(found["competencies"])) == (31, 30)
    assert queries_of(desk, MATRIX) == few


# --- the fiscal year --------------------------------------------------------------------------

YEAR = "/api/v1/skills/matrix/fiscal-year/"


def test_a_fiscal_year_is_reported_by_section_and_tier(
    desk: Client, office: dict[str, Employee], competency: Competency
) -> None:
    year = fiscal_year(office_today()) - 1
    in_may = datetime(year, 5, 10, tzinfo=UTC)
    make_assessment(office["c"], competency, 1, assessed_at=datetime(year - 1, 5, 10, tzinfo=UTC))
    make_assessment(office["c"], competency, 2, assessed_at=in_may)
    found = desk.get(f"{YEAR}?fiscal_year={year}&department=kumin").json()
    assert (found["starts_on"], found["ends_on"]) == (f"{year}-04-01", f"{year + 1}-03-31")
    assert [row["key"] for row in found["competencies"]] == ["data"]
    units = {row["unit"]["key"]: row for row in found["units"]}
    assert (units["kaigo"]["start"]["mean_level"], units["kaigo"]["end"]["mean_level"]) == (
        [1.0],
        [2.0],
    )
    assert (units["kaigo"]["start"]["at_target"], units["kaigo"]["change"]["at_target"]) == (
        [0],
        [1],
    )
    assert units["zeimu"]["change"]["mean_level"] == [None]
    assert found["total"]["unit"] is None
    assert found["total"]["end"]["people"] == 3
    by_tier = desk.get(f"{YEAR}?fiscal_year={year}&department=kumin&by=tier").json()
    assert [row["unit"]["key"] for row in by_tier["units"]] == ["chief", "staff"]


def test_the_running_year_ends_today(desk: Client, office: dict[str, Employee]) -> None:
    year = fiscal_year(office_today())
    found = desk.get(f"{YEAR}?fiscal_year={year}&collapse=false").json()
    assert found["ends_on"] == office_today().isoformat()
    assert found["total"]["end"]["assessed"] == [2]


def test_the_fiscal_year_is_closed_without_the_permission(visitor: Client) -> None:
    problem_of(visitor.get(f"{YEAR}?fiscal_year=2025"), 403, "permission_denied")


# --- saved views ------------------------------------------------------------------------------

VIEWS = "/api/v1/me/matrix-views/"


def save(client: Client, name: str, query: str = "department=kumin") -> Any:
    return client.post(VIEWS, {"name": name, "query": query}, content_type="application/json")


def test_a_view_is_saved_renamed_and_deleted(desk: Client) -> None:
    made = save(desk, "不足の多い課")
    assert made.status_code == 201
    view = made.json()
    assert desk.get(VIEWS).json() == [view]
    address = f"{VIEWS}{view['uuid']}/"
    body = {"name": "区民部"}
    changed = desk.patch(address, body, content_type="application/json").json()
    assert changed == {**view, "name": "区民部"}
    assert desk.delete(address).status_code == 204
    assert desk.get(VIEWS).json() == []


def test_two_views_of_one_person_have_two_names(desk: Client) -> None:
    save(desk, "甲")
    other = save(desk, "乙").json()
    problem_of(save(desk, "甲"), 409, "view_name_taken")
    again = desk.patch(f"{VIEWS}{other['uuid']}/", {"name": "甲"}, content_type="application/json")
    problem_of(again, 409, "view_name_taken")
    assert len(desk.get(VIEWS).json()) == 2


def test_views_are_ones_own(
    desk: Client, visitor: Client, visitor_of: Callable[[Any], Client]
) -> None:
    view = save(desk, "甲").json()
    colleague = visitor_of(make_employee(permissions=HR))
    assert colleague.get(VIEWS).json() == []
    address = f"{VIEWS}{view['uuid']}/"
    problem_of(colleague.delete(address), 404, "not_visible")
    problem_of(
        colleague.patch(address, {"name": "乙"}, content_type="application/json"),
        404,
        "not_visible",
    )
    problem_of(visitor.get(VIEWS), 403, "permission_denied")
    problem_of(save(visitor, "丙"), 403, "permission_denied")


def test_nobody_keeps_views_without_end(desk: Client) -> None:
    for number in range(MOST):
        save(desk, str(number))
    problem_of(save(desk, "もう一つ"), 409, "too_many_views")


def test_judgements_are_read_once_whatever_days_are_looked_at(
    desk: Client, office: dict[str, Employee]
) -> None:
    today = office_today()

    def readings(*ago: int) -> int:
        days = [f"{(today - timedelta(days=days)).isoformat()}" for days in ago]
        query = "&".join(map("=".join, zip(("as_of", "compared_to"), days, strict=False)))
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(f"{MATRIX}?department=kumin&{query}").status_code == 200
        return sum('FROM "lms_skills_assessment"' in query["sql"] for query in queries)

    assert readings() == 1, "the copy of today is made"
    assert readings(20, 10) == 1
    assert readings(30) == 0
    assert readings(30, 5) == 0
    make_assessment(office["a"], Competency.objects.get(key="K1"), 2)
    assert readings(30, 5) == 2, "once for the copy of today, once for the days"
    assert readings(40) == 0
