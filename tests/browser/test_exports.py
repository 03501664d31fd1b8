"""HR takes the matrix out as a file, and every number in it is the one that the API gives."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from lms.people.calendar import office_today

pytestmark = pytest.mark.browser

HR = "001017"
PEOPLE, COMPETENCIES = 5_000, 100
SECTION = {"department": "HEAT3", "framework": "HEAT", "sort": "kana"}
FORMATS = {
    "xlsx": "Excel（.xlsx）",
    "csv": "CSV（UTF-8）",
    "csv-cp932": "CSV（Shift_JIS・CP932）",
    "json-file": "JSON",
}
SIGNS = {0: '0"○"', 1: '0"△1"', 2: '0"×2"', 3: '0"×3"', 4: '0"×4"', None: "0"}


@pytest.fixture(scope="module", autouse=True)
def heat(on_site: Callable[..., Any]) -> Iterator[None]:
    on_site("make_heat", PEOPLE, COMPETENCIES)
    yield
    on_site("unmake_heat")


@pytest.fixture
def hr(page: Page, sign_in: Callable[[str], None]) -> Page:
    sign_in(HR)
    return page


def open_dialog(page: Page, query: dict[str, str]) -> Any:
    page.goto(f"/matrix?{urlencode(query)}")
    page.get_by_role("button", name="ダウンロード").click(timeout=60_000)
    dialog = page.get_by_role("dialog", name="スキルマトリクスのダウンロード")
    expect(dialog).to_be_visible()
    return dialog


def take(page: Page, query: dict[str, str], form: str) -> Path:
    dialog = open_dialog(page, query)
    dialog.get_by_label(FORMATS[form], exact=True).check()
    with page.expect_download(timeout=120_000) as waiting:
        dialog.get_by_role("link", name="保存する").click()
    return Path(waiting.value.path())


def page_of(page: Page, query: dict[str, str], number: int = 1) -> dict[str, Any]:
    asked = urlencode({**query, "page": number, "page_size": 200})
    answer = page.request.get(f"/api/v1/skills/matrix/?{asked}", timeout=120_000)
    assert answer.ok, answer.text()
    found: dict[str, Any] = answer.json()
    return found


def whole(page: Page, query: dict[str, str]) -> dict[str, Any]:
    """What the API gives page by page, together."""
    found = page_of(page, query)
    for number in range(2, found["pages"] + 1):
        found["people"] += page_of(page, query, number)["people"]
    assert len(found["people"]) == found["count"]
    return found


def same_as_api(path: Path, shown: dict[str, Any]) -> None:
    """Every cell of every sheet; `shown` comes in the groups that the sheets stand for."""
    # The browser keeps it under a name of its own, without an ending.
    book = load_workbook(io.BytesIO(path.read_bytes()))
    assert book.sheetnames == ["概要", *(group["unit"]["title"] for group in shown["groups"])]
    width = len(shown["competencies"])
    for group in shown["groups"]:
        sheet = book[group["unit"]["title"]]
        people = shown["people"][group["start"] : group["start"] + group["count"]]
        rows = sheet.iter_rows(min_row=3, max_row=2 + group["count"])
        for row, person in zip(rows, people, strict=True):
            assert row[0].value == person["staff_number"]
            assert row[1].value == person["name"]
            for place, cell in enumerate(row[6 : 6 + width]):
                same_cell(cell, person, place)
            targets = [cell.value for cell in row[6 + width : 6 + 2 * width]]
            assert targets == person["targets"]
            if person["before"] is not None:
                assert [cell.value for cell in row[6 + 2 * width :]] == person["before"]
        sums = {
            row[0].value: row[6 : 6 + width] for row in sheet.iter_rows(min_row=4 + len(people))
        }
        for title, name in (("評価済みの人数", "assessed"), ("目標に到達した人数", "at_target")):
            assert [cell.value for cell in sums[title]] == group["sums"][name]
        means = [cell.value for cell in sums["平均レベル"]]
        assert means == group["sums"]["mean_level"]
    facts = dict(reversed(list(book["概要"].iter_rows(min_row=3, max_col=2, values_only=True))))
    assert facts["人数（行数）"] == shown["count"]


def same_cell(cell: Any, person: dict[str, Any], place: int) -> None:
    level, gap = person["levels"][place], person["gaps"][place]
    if person["changes"] is None:
        assert cell.value == (level if level is not None else None if gap is None else "未")
        assert level is None or cell.number_format == SIGNS[gap]
        return
    change = person["changes"][place]
    assert cell.value == (level if level is not None else {"ended": "×"}.get(change))
    if level is not None and change is not None:
        assert cell.number_format[1] in "▲▼＋"


def test_five_thousand_people_come_as_a_workbook(
    hr: Page, is_accessible: Callable[[], None]
) -> None:
    query = {"department": "HEAT", "framework": "HEAT", "sort": "kana"}
    dialog = open_dialog(hr, query)
    expect(dialog).to_contain_text("5000人分")
    expect(dialog).to_contain_text("現在）")
    is_accessible()
    with hr.expect_download(timeout=180_000) as waiting:
        dialog.get_by_role("link", name="保存する").click()
    assert waiting.value.suggested_filename == f"skills-matrix-{office_today()}.xlsx"
    # As the workbook has it: section by section, and by kana in each.
    same_as_api(Path(waiting.value.path()), whole(hr, query | {"group_by": "department"}))


def test_a_filtered_difference_and_a_day_of_the_past_come_as_workbooks(hr: Page) -> None:
    then = (office_today() - timedelta(days=366)).isoformat()
    for more in ({"compared_to": then}, {"as_of": then}, {"competency": "HK4", "gap": "2"}):
        query = SECTION | more
        same_as_api(take(hr, query, "xlsx"), whole(hr, query | {"group_by": "department"}))


@pytest.mark.parametrize(("form", "encoding"), [("csv", "utf-8-sig"), ("csv-cp932", "cp932")])
def test_csv_holds_the_same_numbers(hr: Page, form: str, encoding: str) -> None:
    shown = whole(hr, SECTION)
    text = take(hr, SECTION, form).read_bytes().decode(encoding)
    _head, *rows = csv.reader(io.StringIO(text, newline=""))
    for row, person in zip(rows, shown["people"], strict=True):
        pairs = zip(person["levels"], person["targets"], strict=True)
        assert row[0] == person["staff_number"]
        assert row[6:] == ["" if value is None else str(value) for pair in pairs for value in pair]


def test_json_is_what_the_api_says(hr: Page) -> None:
    shown = whole(hr, SECTION)
    found = json.loads(take(hr, SECTION, "json-file").read_text(encoding="utf-8"))
    assert found["people"] == shown["people"]
    assert found["summary"] == shown["summary"]
    assert found["competencies"] == shown["competencies"]


def test_what_cp932_cannot_hold_is_said_before(
    hr: Page, on_site: Callable[..., Any], is_accessible: Callable[[], None]
) -> None:
    on_site("rename_heat", "H00003", "𠮷﨑 髙")
    dialog = open_dialog(hr, SECTION)
    dialog.get_by_label(FORMATS["csv-cp932"], exact=True).check()
    line = dialog.get_by_role("row", name=re.compile("H00003"))
    expect(line).to_contain_text("氏名")
    expect(line).to_contain_text("𠮷（U+20BB7）")
    expect(line).to_contain_text("〓")
    expect(dialog.get_by_role("row")).to_have_count(2)
    is_accessible()
    with hr.expect_download(timeout=60_000) as waiting:
        dialog.get_by_role("link", name="保存する").click()
    assert "〓﨑 髙" in Path(waiting.value.path()).read_bytes().decode("cp932")
    on_site("rename_heat", "H00003", "実験 0003")


def test_the_dialog_works_by_keyboard_and_on_a_phone(
    hr: Page, is_accessible: Callable[[], None]
) -> None:
    hr.set_viewport_size({"width": 360, "height": 740})
    dialog = open_dialog(hr, SECTION)
    is_accessible()
    assert hr.evaluate("document.documentElement.scrollWidth") <= 360
    dialog.get_by_label(FORMATS["xlsx"], exact=True).focus()
    hr.keyboard.press("ArrowDown")
    expect(dialog.get_by_label(FORMATS["csv"], exact=True)).to_be_checked()
    link = dialog.get_by_role("link", name="保存する")
    expect(link).to_have_attribute("href", re.compile("format=csv$"))
    hr.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(hr.get_by_role("button", name="ダウンロード")).to_be_focused()
