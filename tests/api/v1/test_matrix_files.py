"""The matrix as Excel, CSV and JSON holds what the page shows, of all pages, and no more."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from lms.people.calendar import office_today
from lms.people.models import Department, Employee
from skills_matrix.assessments.models import SkillsView
from skills_matrix.competencies.models import Competency
from tests.api.problems import problem_of
from tests.api.v1.conftest import HR
from tests.factories import (
    make_assessment,
    make_competency,
    make_department,
    make_employee,
    make_role,
    make_target,
    make_tier,
    make_user,
)

MATRIX = "/api/v1/skills/matrix/"
CHARACTERS = f"{MATRIX}characters/"
FILES = ("csv", "csv-cp932", "xlsx", "json-file")
SIGNS = {0: "○", 1: "△1", 2: "×2", 3: "×3", 4: "×4"}
LAYOUTS = (
    "",
    "group_by=tier",
    "group_by=role",
    "collapse=true",
    "sort=-kana",
    "compared_to={then}",
    "compared_to={then}&collapse=true&group_by=tier",
    "as_of={then}",
    "level=1&competency=K1",
)


@pytest.fixture
def desk(hr: Employee, visitor_of: Callable[[Any], Client]) -> Client:
    """HR's browser, in Japanese."""
    client = visitor_of(hr)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"
    return client


def data_of(response: Any) -> bytes:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def rows_of_csv(response: Any, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data_of(response).decode(encoding), newline="")))


def workbook(response: Any) -> Any:
    return load_workbook(io.BytesIO(data_of(response)))


@pytest.fixture
def history(office: dict[str, Employee], competency: Competency) -> dict[str, Employee]:
    """Something of each state, and of each change since 100 days ago."""
    long_ago = timezone.now() - timedelta(days=200)
    second = make_competency("K2", title="=データを扱う", parent=competency.parent)
    make_target(second, 1)
    office["a"].postings.get().roles.add(make_role("zeta", title="兼務の役割"))
    make_assessment(office["b"], competency, 2, assessed_at=long_ago)
    make_assessment(office["a"], second, 1)
    make_assessment(office["a"], second, 3, assessed_at=long_ago)
    gone = {"valid_until": timezone.now() - timedelta(days=1), "kind": "certificate"}
    make_assessment(office["c"], competency, 2, assessed_at=long_ago, **gone)
    return office


def address(query: str) -> str:
    then = office_today() - timedelta(days=100)
    return f"{MATRIX}?department=kumin&page_size=200&{query.format(then=then)}"


# --- the workbook ----------------------------------------------------------------------------


@pytest.mark.parametrize("query", LAYOUTS)
def test_every_cell_of_the_workbook_is_what_the_page_shows(
    desk: Client, history: dict[str, Employee], query: str
) -> None:
    # A sheet for each section, unless other groups are asked for.
    grouped = query if "group_by" in query else f"{query}&group_by=department"
    page = desk.get(address(grouped)).json()
    book = workbook(desk.get(address(query) + "&format=xlsx"))
    assert book.sheetnames[0] == "概要"
    assert len(book.sheetnames) == 1 + len(page["groups"])
    for group, name in zip(page["groups"], book.sheetnames[1:], strict=True):
        check_sheet(book[name], page, group)


def check_sheet(sheet: Any, page: dict[str, Any], group: dict[str, Any]) -> None:
    width = len(page["competencies"])
    people = page["people"][group["start"] : group["start"] + group["count"]]
    compared = page["compared_to"] is not None
    blocks = ["targets" if people[0]["lowest"] is None else "lowest", *(["before"] * compared)]
    titles = [row["title"] for row in page["competencies"]]
    heads = [cell.value for cell in sheet[2]]
    assert heads == [*heads[:6], *titles * (1 + len(blocks))]
    for row, person in zip(sheet.iter_rows(min_row=3), people, strict=False):
        assert [cell.value for cell in row[:3]] == [
            person["staff_number"],
            person["name"],
            person["kana"],
        ]
        assert row[3].value == person["department"]["title"]
        for place in range(width):
            check_cell(row[6 + place], person, place)
        for number, block in enumerate(blocks, start=1):
            begin = 6 + number * width
            assert [cell.value for cell in row[begin : begin + width]] == person[block]
        assert all(cell.data_type != "f" for cell in row)
    below = {
        row[0].value: [cell.value for cell in row[6 : 6 + width]]
        for row in sheet.iter_rows(min_row=4 + group["count"])
    }
    assert below["評価済みの人数"] == group["sums"]["assessed"]
    assert below["目標のある人数"] == group["sums"]["with_target"]
    assert below["目標に到達した人数"] == group["sums"]["at_target"]
    assert below["平均レベル"] == group["sums"]["mean_level"]
    if compared:
        assert below["上がった"] == group["sums"]["changes"]["rose"]
        assert below["評価が切れた"] == group["sums"]["changes"]["ended"]


def check_cell(cell: Any, person: dict[str, Any], place: int) -> None:
    level, gap = person["levels"][place], person["gaps"][place]
    colour = cell.fill.fgColor.rgb if cell.fill.fill_type else None
    if person["changes"] is not None:
        change = person["changes"][place]
        sign = {"rose": "▲", "fell": "▼", "appeared": "＋", "ended": "×", None: ""}[change]
        assert cell.value == (level if level is not None else sign or None)
        assert (colour is None) == (change is None)
        if level is not None and sign:
            assert cell.number_format.startswith(f'"{sign}"')
    elif level is None:
        assert cell.value == (None if gap is None else "未")
    else:
        assert cell.value == level
        assert cell.number_format.endswith(f'"{SIGNS[gap]}"' if gap is not None else "0")
        assert (colour is None) == (gap is None)


def test_the_first_sheet_says_what_the_workbook_is(
    desk: Client, history: dict[str, Employee]
) -> None:
    query = "tier=staff&level=1&gap=0&competency=K1&level_is=at_least&collapse=true&assurance=4"
    book = workbook(desk.get(address(query) + "&format=xlsx"))
    lines = list(book["概要"].iter_rows(min_row=3, max_col=2, values_only=True))
    facts = dict(reversed(lines))
    assert facts["部署（下の部署を含む）"] == "区民部"
    assert facts["職層"] == "職層staff"
    assert facts["レベル"] == "レベル1以上"
    assert facts["目標との差"] == "目標に到達"
    assert facts["条件にするスキル"] == "データを読む"
    assert facts["根拠の確かさ"].endswith("以上")
    assert facts["列"] == "分野"
    assert facts["出力者"] == "人事 太郎 (000001)"
    assert facts["人数（行数）"] == 0
    assert "凡例" in facts
    assert "年" in facts["基準日"]


def test_the_first_sheet_adds_up_what_the_page_does(
    desk: Client, history: dict[str, Employee]
) -> None:
    page = desk.get(address("group_by=department")).json()
    sheet = workbook(desk.get(address("format=xlsx")))["概要"]
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows()}
    assert rows["DSS"][:3] == ["DSS", "リテラシー標準", rows["DSS"][2]]
    for group in page["groups"]:
        sums = group["sums"]
        line = rows[group["unit"]["title"]]
        counts = [sums["people"], sum(sums["assessed"]), sum(sums["with_target"])]
        assert line[3:6] == counts
        assert line[1] == f"区民部 {group['unit']['title']}"
    for place, column in enumerate(page["competencies"]):
        line = rows[column["key"]]
        sums = page["summary"]
        assert line[4] == sums["assessed"][place]
        assert line[8] == pytest.approx(sums["mean_level"][place])
    links = {cell.value: cell.hyperlink for cell in sheet["A"] if cell.hyperlink}
    assert links["税務課"].location == "'税務課'!A1"


def test_the_workbook_can_be_worked_with_and_printed(
    desk: Client, office: dict[str, Employee]
) -> None:
    book = workbook(desk.get(address("format=xlsx")))
    sheet = book["税務課"]
    assert sheet.freeze_panes == "C3"
    assert sheet.auto_filter.ref == "A2:H4"
    assert sheet["A2"].font.bold
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.print_title_cols == "$A:$B"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.column_dimensions["H"].hidden
    assert not sheet.column_dimensions["G"].hidden
    assert sheet["A3"].value == "200001"


def test_sections_of_one_name_have_sheets_of_their_own(desk: Client) -> None:
    top = make_department("top", title="本庁")
    for key, title in (("x1", "庶務/係"), ("x2", "庶務:係"), ("x3", "と" * 40), ("x4", "概要")):
        make_employee(department=make_department(key, title=title, parent=top))
    names = workbook(desk.get(f"{MATRIX}?department=top&format=xlsx")).sheetnames
    assert names == ["概要", "庶務 係", "庶務 係 (2)", "と" * 31, "概要 (2)"]


# --- text ------------------------------------------------------------------------------------


def test_the_csv_holds_every_page(desk: Client, office: dict[str, Employee]) -> None:
    response = desk.get(f"{MATRIX}?department=kumin&format=csv&page_size=1")
    assert response["Content-Type"].startswith("text/csv")
    assert f"skills-matrix-{office_today()}.csv" in response["Content-Disposition"]
    head, *rows = rows_of_csv(response)
    assert head[6:] == ["データを読む", "データを読む（目標）"]
    assert {row[0]: row[6:] for row in rows} == {
        "200001": ["3", ""],
        "200002": ["1", "2"],
        "200003": ["", "2"],
    }


@pytest.mark.parametrize("query", LAYOUTS)
def test_every_number_of_the_csv_is_what_the_page_shows(
    desk: Client, history: dict[str, Employee], query: str
) -> None:
    page = desk.get(address(query)).json()
    head, *rows = rows_of_csv(desk.get(address(query) + "&format=csv"))
    names = ["levels", "lowest" if "collapse" in query else "targets"]
    if "compared" in query:
        names += ["before", "changes"]
    assert len(rows) == page["count"]
    words = {
        "rose": "上がった",
        "fell": "下がった",
        "appeared": "新たに評価",
        "ended": "評価が切れた",
    }
    for row, person in zip(rows, page["people"], strict=True):
        values = [
            words.get(value, value)
            for of in zip(*(person[n] for n in names), strict=True)
            for value in of
        ]
        assert row[0] == person["staff_number"]
        assert row[6:] == ["" if value is None else str(value) for value in values]
    assert len(head) == 6 + len(names) * len(page["competencies"])


@pytest.mark.parametrize("query", LAYOUTS)
def test_the_json_is_the_page_of_everybody(
    desk: Client, history: dict[str, Employee], query: str
) -> None:
    page = desk.get(address(query)).json()
    response = desk.get(address(query) + "&format=json-file")
    assert response["Content-Type"] == "application/vnd.skills-matrix+json"
    found = json.loads(data_of(response))
    for name in ("as_of", "compared_to", "count", "competencies", "scale", "summary", "groups"):
        assert found[name] == page[name], name
    assert found["people"] == page["people"]
    assert found["turnover"] == page["turnover"]
    assert found["exported_by"] == "人事 太郎 (000001)"
    assert {"title": "部署（下の部署を含む）", "value": "区民部"} in found["conditions"]


NAMES = {"髙﨑 昇": "髙﨑 昇", "𠮷野 桜": "〓野 桜", "葛\U000e0100城": "葛城", "José": "Jose"}


def test_cp932_holds_what_it_can_and_the_rest_is_listed_before(desk: Client) -> None:
    section = make_department("x", title="戸籍―課")
    for number, name in enumerate(NAMES):
        make_employee(f"30000{number}", name=name, kana="ア", department=section)
    listed = desk.get(f"{CHARACTERS}?department=x").json()
    assert listed["count"] == len(NAMES)
    found = {
        (row["staff_number"], row["column"]): [
            (item["character"], item["code"], item["replacement"]) for item in row["characters"]
        ]
        for row in listed["texts"]
    }
    assert found == {
        ("300001", "name"): [("𠮷", "U+20BB7", "〓")],
        ("300002", "name"): [("\U000e0100", "U+E0100", "")],
        ("300003", "name"): [("é", "U+00E9", "e")],
    }
    response = desk.get(f"{MATRIX}?department=x&format=csv-cp932")
    assert response["Content-Type"] == "text/csv; charset=windows-31j"
    assert "-cp932.csv" in response["Content-Disposition"]
    _head, *rows = rows_of_csv(response, "cp932")
    assert {row[1] for row in rows} == set(NAMES.values())
    # Nothing is lost in the others.
    for form in ("csv", "json-file"):
        text = data_of(desk.get(f"{MATRIX}?department=x&format={form}")).decode("utf-8-sig")
        assert all(name in text for name in NAMES)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/csv", "text/csv"),
        ("text/x-csv-cp932", "text/csv; charset=windows-31j"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd."),
        ("application/vnd.skills-matrix+json", "application/vnd.skills-matrix+json"),
        ("*/*", "application/json"),
    ],
)
def test_the_form_of_the_matrix_follows_accept(desk: Client, accept: str, expected: str) -> None:
    assert desk.get(MATRIX, headers={"Accept": accept})["Content-Type"].startswith(expected)


def test_a_form_that_there_is_not_is_refused(desk: Client) -> None:
    problem_of(desk.get(MATRIX, headers={"accept": "application/pdf"}), 406, "not_acceptable")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/c'!A0"])
def test_a_name_that_looks_like_a_formula_is_only_text(desk: Client, name: str) -> None:
    section = make_department("x", title="=1+1")
    make_employee("300001", name=name, department=section)
    for form, encoding in (("csv", "utf-8-sig"), ("csv-cp932", "cp932")):
        rows = rows_of_csv(desk.get(f"{MATRIX}?department=x&format={form}"), encoding)
        assert rows[1][1] == f"'{name}"
    book = workbook(desk.get(f"{MATRIX}?department=x&format=xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    cell = book["=1+1"]["B3"]
    assert cell.value.strip() == name.strip()
    assert cell.quotePrefix


def test_an_empty_matrix_is_still_a_file(desk: Client) -> None:
    make_department("empty")
    (head,) = rows_of_csv(desk.get(f"{MATRIX}?department=empty&format=csv"))
    assert len(head) == 6
    assert workbook(desk.get(f"{MATRIX}?department=empty&format=xlsx")).sheetnames == ["概要"]
    assert (
        json.loads(data_of(desk.get(f"{MATRIX}?department=empty&format=json-file")))["people"] == []
    )


# --- who sees what, and what stays of it -------------------------------------------------------


@pytest.mark.parametrize("form", FILES)
def test_each_person_exported_is_logged_once_with_the_purpose(
    desk: Client, hr: Employee, history: dict[str, Employee], form: str
) -> None:
    data_of(desk.get(f"{MATRIX}?department=zeimu&group_by=role&format={form}"))
    seen = SkillsView.objects.filter(viewer=hr.user)
    assert sorted(seen.values_list("subject__staff_number", "what")) == [
        ("200001", "export:matrix"),
        ("200002", "export:matrix"),
    ]


def test_only_whoever_is_listed_for_a_character_is_logged(
    desk: Client, hr: Employee, office: dict[str, Employee]
) -> None:
    Employee.objects.filter(pk=office["b"].pk).update(name="𠮷")
    desk.get(f"{CHARACTERS}?department=kumin")
    seen = SkillsView.objects.filter(viewer=hr.user)
    assert list(seen.values_list("subject__staff_number", "what")) == [
        ("200002", "export:characters")
    ]


@pytest.mark.parametrize("form", [*FILES, "characters"])
def test_the_files_are_closed_without_the_permission(
    visitor: Client, visitor_of: Callable[[Any], Client], form: str
) -> None:
    path = CHARACTERS if form == "characters" else f"{MATRIX}?format={form}"
    for client in (visitor, visitor_of(make_user())):
        problem_of(client.get(path), 403, "permission_denied")
    assert not SkillsView.objects.exists()


@pytest.mark.parametrize("form", FILES)
def test_a_head_exports_the_own_section_only(
    visitor_of: Callable[[Any], Client], office: dict[str, Employee], form: str
) -> None:
    section = Department.objects.get(key="zeimu")
    head = make_employee("200009", name="課長", department=section, tier=make_tier("G5", rank=9000))
    client = visitor_of(head)
    page = client.get(f"{MATRIX}?page_size=200").json()
    shown = {person["staff_number"] for person in page["people"]}
    assert shown == {"200001", "200002", "200009"}
    data = data_of(client.get(f"{MATRIX}?format={form}"))
    if form == "xlsx":
        book = load_workbook(io.BytesIO(data))
        found = {row[0].value for row in book["税務課"].iter_rows(min_row=3, max_row=5)}
        assert book.sheetnames == ["Overview", "税務課"]
    elif form == "json-file":
        found = {person["staff_number"] for person in json.loads(data)["people"]}
    else:
        text = data.decode("cp932" if form == "csv-cp932" else "utf-8-sig")
        found = {row[0] for row in list(csv.reader(io.StringIO(text)))[1:]}
    assert found == shown
    assert "200003" not in str(found)


@pytest.mark.parametrize("form", FILES)
def test_a_filter_that_names_nothing_is_refused_in_files_too(desk: Client, form: str) -> None:
    problem_of(desk.get(f"{MATRIX}?department=nowhere&format={form}"), 400, "unknown_filter_value")


def test_the_number_of_queries_of_a_file_does_not_depend_on_its_size(
    desk: Client, queries_of: Callable[[Client, str], int]
) -> None:
    make_employee()
    desk.get(MATRIX)
    counts = {form: queries_of(desk, f"{MATRIX}?format={form}") for form in FILES}
    for _ in range(10):
        make_employee(permissions=HR)
    desk.get(MATRIX)
    assert {form: queries_of(desk, f"{MATRIX}?format={form}") for form in FILES} == counts
