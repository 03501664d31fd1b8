import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from lms.people.calendar import office_today
from lms.people.models import Employee, Posting
from skills_matrix.assessments.models import Assessment, SkillsView
from skills_matrix.competencies.models import Assurance, Competency
from tests.api.problems import places_of, problem_of
from tests.factories import (
    complete_course,
    make_assessment,
    make_audience_rule,
    make_award,
    make_competency,
    make_course,
    make_department,
    make_employee,
    make_framework,
    make_role,
    make_scale,
    make_target,
    make_tier,
    make_user,
)

MINE = "/api/v1/skills/me/"
MATRIX = "/api/v1/skills/matrix/"
HR = ["lms_skills.view_skills_matrix", "lms_core.view_all_employees"]


@pytest.fixture
def competency(db: None) -> Competency:
    framework = make_framework("DSS", title="リテラシー標準")
    framework.source_note_ja = "出典の注記"
    framework.save()
    group = make_competency("data", title="データ", framework=framework, is_group=True)
    return make_competency("K1", title="データを読む", parent=group)


@pytest.fixture
def hr(db: None) -> Employee:
    return make_employee("000001", name="人事 太郎", kana="アア", permissions=HR)


@pytest.fixture
def desk(hr: Employee, visitor_of: Callable[[Any], Client]) -> Client:
    """The browser of somebody in HR."""
    return visitor_of(hr)


def cell_address(employee: Employee, competency: Competency) -> str:
    return f"/api/v1/skills/cells/{employee.staff_number}/{competency.key}/"


# --- my skills --------------------------------------------------------------------------------


def test_my_skills_say_level_target_gap_and_source(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    make_scale()
    course = make_course("C1", title="データ入門")
    make_award(course, competency, 1)
    complete_course(employee, course)
    make_target(competency, 2)
    make_assessment(
        employee,
        competency,
        3,
        kind=Assessment.Kind.SELF,
        assurance=Assurance.SELF_DECLARED,
    )
    advanced = make_course("C2", title="データ応用", minutes=60)
    make_award(advanced, competency, 2)
    make_audience_rule(advanced)
    found = visitor.get(MINE, headers={"accept-language": "ja"}).json()
    assert found["as_of"] == office_today().isoformat()
    assert found["framework_note"] == "出典の注記"
    assert [step["level"] for step in found["scale"]] == [0, 1, 2, 3, 4]
    assert found["summary"] == {"targets": 1, "met": 0, "one_short": 1, "lacking": 0}
    (row,) = found["competencies"]
    assert row["competency"] == {
        "key": "K1",
        "title": "データを読む",
        "group": {"key": "data", "title": "データ"},
        "framework": {"key": "DSS", "title": "リテラシー標準"},
    }
    assert (row["level"], row["self_level"], row["target"], row["gap"]) == (1, 3, 2, 1)
    assert row["source"]["kind"] == "course"
    assert row["source"]["title"] == "データ入門"
    assert row["source"]["date"] == office_today().isoformat()
    assert row["source"]["assurance"]["value"] == Assurance.BROWSER_QUIZ
    assert row["closing_course"] == {"key": "C2", "title": "データ応用", "minutes": 60}
    assert row["expires_at"] is None


def test_a_skill_never_assessed_has_no_level(visitor: Client, competency: Competency) -> None:
    make_target(competency, 2)
    (row,) = visitor.get(MINE).json()["competencies"]
    assert (row["level"], row["source"], row["closing_course"]) == (None, None, None)


def test_the_number_of_queries_for_my_skills_does_not_depend_on_their_number(
    visitor: Client, employee: Employee, queries_of: Callable[[Client, str], int]
) -> None:
    def add(number: int) -> None:
        for _ in range(number):
            competency = make_competency(parent=make_competency(is_group=True))
            make_target(competency, 2)
            make_assessment(employee, competency, 1)

    add(3)
    few = queries_of(visitor, MINE)
    add(27)
    assert len(visitor.get(MINE).json()["competencies"]) == 30
    assert queries_of(visitor, MINE) == few


# --- the matrix -------------------------------------------------------------------------------


@pytest.fixture
def office(competency: Competency) -> dict[str, Employee]:
    """Three people in two sections of one division; two of them have a level."""
    division = make_department("kumin", title="区民部")
    tax = make_department("zeimu", title="税務課", parent=division)
    care = make_department("kaigo", title="介護課", parent=division)
    chief, staff = make_tier("chief", rank=5000), make_tier("staff", rank=10)
    leader = make_role("leader", title="DX推進リーダー")
    people = {
        "a": make_employee("200001", name="甲", department=tax, tier=chief, roles=[leader]),
        "b": make_employee("200002", name="乙", department=tax, tier=staff),
        "c": make_employee("200003", name="丙", department=care, tier=staff),
    }
    make_target(competency, 2, tier=staff)
    make_assessment(people["a"], competency, 3)
    make_assessment(people["b"], competency, 1)
    return people


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
    (cell,) = people["200001"]["cells"]
    assert (cell["c"], cell["level"], cell["target"], cell["gap"]) == (0, 3, None, None)
    (cell,) = people["200002"]["cells"]
    assert (cell["level"], cell["target"], cell["gap"]) == (1, 2, 1)
    (cell,) = people["200003"]["cells"]
    assert (cell["level"], cell["target"], cell["since"]) == (None, 2, None)
    (column,) = found["summary"]
    assert (column["assessed"], column["with_target"], column["at_target"]) == (2, 2, 0)
    assert column["mean_level"] == 2.0


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


@pytest.mark.parametrize("name", ["department", "tier", "role", "framework", "group"])
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
    assert person["cells"] == []


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


# --- files ------------------------------------------------------------------------------------


def rows_of_csv(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_the_csv_holds_every_page(desk: Client, office: dict[str, Employee]) -> None:
    response = desk.get(f"{MATRIX}?department=kumin&format=csv&page_size=1")
    assert response["Content-Type"].startswith("text/csv")
    assert f"skills-matrix-{office_today()}.csv" in response["Content-Disposition"]
    head, *rows = rows_of_csv(response)
    assert head[6:] == ["データを読む", "データを読む (target)"]
    found = {row[0]: row for row in rows}
    assert found["200001"][1] == "甲"
    assert found["200001"][3:] == ["税務課", "職層chief", "DX推進リーダー", "3", ""]
    assert found["200002"][6:] == ["1", "2"]
    assert found["200003"][6:] == ["", "2"]


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/csv", "text/csv"),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
    ],
)
def test_the_form_of_the_matrix_follows_accept(
    desk: Client, accept: str, content_type: str
) -> None:
    response = desk.get(MATRIX, headers={"accept": accept})
    assert response["Content-Type"].split(";")[0] == content_type


def test_a_form_that_there_is_not_is_refused(desk: Client) -> None:
    problem_of(desk.get(MATRIX, headers={"accept": "application/pdf"}), 406, "not_acceptable")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_name_that_looks_like_a_formula_is_only_text(desk: Client, name: str) -> None:
    make_employee("300001", name=name, department=make_department("x"))
    rows = rows_of_csv(desk.get(f"{MATRIX}?department=x&format=csv"))
    assert rows[1][1] == f"'{name}"
    book = workbook(desk.get(f"{MATRIX}?department=x&format=xlsx"))
    cell = book.active["B2"]
    assert cell.data_type == "s"
    assert cell.value.strip() == name.strip()


def workbook(response: Any) -> Any:
    return load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def test_the_workbook_can_be_worked_with(desk: Client, office: dict[str, Employee]) -> None:
    sheet = workbook(desk.get(f"{MATRIX}?department=kumin&format=xlsx")).active
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:H4"
    assert sheet["A1"].font.bold
    levels = {row[0].value: [cell.value for cell in row[6:]] for row in sheet["A2:H4"]}
    assert levels == {"200001": [3, None], "200002": [1, 2], "200003": [None, 2]}


def test_an_empty_matrix_is_still_a_file(desk: Client) -> None:
    make_department("empty")
    (head,) = rows_of_csv(desk.get(f"{MATRIX}?department=empty&format=csv"))
    assert len(head) == 6
    assert workbook(desk.get(f"{MATRIX}?department=empty&format=xlsx")).active.max_row == 1


def test_a_file_of_the_matrix_is_logged_too(
    desk: Client, hr: Employee, office: dict[str, Employee]
) -> None:
    desk.get(f"{MATRIX}?department=zeimu&format=csv")
    assert SkillsView.objects.filter(viewer=hr.user).count() == 2


# --- one cell ---------------------------------------------------------------------------------


def test_a_cell_explains_itself(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    course = make_course("C1", title="データ入門", lessons=1)
    make_award(course, competency, 1, valid_for_days=365)
    complete_course(employee, course, score=0.9)
    tier = employee.postings.get().tier
    make_target(competency, 2, tier=tier)
    make_target(competency, 1)
    make_assessment(
        employee,
        competency,
        4,
        assessed_at=timezone.now() - timedelta(days=30),
        valid_until=timezone.now() - timedelta(days=1),
    )
    advanced = make_course("C2")
    make_award(advanced, competency, 2)
    make_audience_rule(advanced)
    found = visitor.get(cell_address(employee, competency)).json()
    assert (found["level"], found["target"], found["gap"]) == (1, 2, 1)
    assert found["employee"] == {"staff_number": "100001", "name": "区民 花子"}
    assert found["competency"]["framework"]["version"] == "1.0"
    assert found["rule"]["key"] == "highest_valid"
    assert found["minimum_assurance"]["value"] == Assurance.BROWSER_QUIZ
    winning = [row for row in found["evidence"] if row["is_winning"]]
    assert [row["course_key"] for row in winning] == ["C1"]
    assert winning[0]["award"] == {
        "level": 1,
        "valid_for_days": 365,
        "effective_from": "2020-04-01",
    }
    assert winning[0]["scores"][0]["best_score"] == 0.9
    assert winning[0]["expires_at"] == found["expires_at"]
    (expired,) = [row for row in found["evidence"] if row["kind"] == "supervisor"]
    assert not expired["is_valid"]
    assert expired["course_key"] is None
    assert expired["why"]
    assert [row["level"] for row in found["targets"] if row["applies"]] == [2]
    assert {(row["tier"] or {}).get("key") for row in found["targets"]} == {tier.key, None}
    assert [(row["key"], row["level"]) for row in found["raise_by"]] == [("C2", 2)]


def test_a_cell_without_any_fact_is_empty(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    found = visitor.get(cell_address(employee, competency)).json()
    assert (found["level"], found["target"], found["evidence"]) == (None, None, [])


def test_a_cell_of_another_day_knows_only_what_was_known(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    make_assessment(employee, competency, 2, assessed_at=timezone.now() - timedelta(days=2))
    address = cell_address(employee, competency)
    assert visitor.get(address).json()["level"] == 2
    past = visitor.get(f"{address}?as_of={office_today() - timedelta(days=10)}").json()
    assert past["level"] is None


def test_hr_sees_every_cell_and_is_logged(
    desk: Client, hr: Employee, employee: Employee, competency: Competency
) -> None:
    assert desk.get(cell_address(employee, competency)).status_code == 200
    view = SkillsView.objects.get()
    assert (view.viewer, view.subject) == (hr.user, employee)


def test_an_employee_learns_nothing_of_anothers_cell(
    visitor: Client, office: dict[str, Employee], competency: Competency
) -> None:
    theirs = problem_of(visitor.get(cell_address(office["a"], competency)), 404, "not_visible")
    nobody = problem_of(
        visitor.get(f"/api/v1/skills/cells/999999/{competency.key}/"), 404, "not_visible"
    )
    assert theirs == nobody
    assert not SkillsView.objects.exists()


def test_a_cell_of_a_competency_that_there_is_not_is_not_found(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    for key in ("nothing", "data"):
        address = f"/api/v1/skills/cells/{employee.staff_number}/{key}/"
        problem_of(visitor.get(address), 404, "not_visible")


def test_the_day_of_a_cell_must_be_a_day(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    address = cell_address(employee, competency)
    for day in ("2025-02-30", date.max.isoformat(), ""):
        problem_of(visitor.get(f"{address}?as_of={day}"), 400, "invalid_parameter")
