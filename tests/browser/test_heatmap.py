"""HR's matrix with 5,000 people × 100 competencies, in a department that no other test knows."""

import re
import statistics
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from lms.people.calendar import office_today

pytestmark = pytest.mark.browser

HR = "001017"
PEOPLE, COMPETENCIES = 5_000, 100
WHOLE = "/matrix?department=HEAT&framework=HEAT&sort=kana"
SECTION = "/matrix?department=HEAT3&framework=HEAT&sort=kana"
SCROLL = """
async (element) => {
  const times = [];
  let last = performance.now();
  for (let n = 0; n < 90; n += 1) {
    element.scrollBy(n % 3 === 0 ? 60 : 0, 130);
    await new Promise((done) => requestAnimationFrame(done));
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times;
}
"""


@pytest.fixture(scope="module")
def heat(on_site: Callable[..., Any]) -> Iterator[None]:
    on_site("make_heat", PEOPLE, COMPETENCIES)
    yield
    on_site("unmake_heat")


@pytest.fixture
def matrix(heat: None, page: Page, sign_in: Callable[[str], None]) -> Callable[[str], Locator]:
    """Opens the matrix at an address as HR; gives the grid once its rows are there."""
    sign_in(HR)

    def open_at(address: str) -> Locator:
        page.goto(address)
        grid = page.get_by_role("grid", name="職員ごとのスキルのレベル")
        expect(grid.get_by_role("gridcell").first).to_have_attribute(
            "aria-label", re.compile("実験|人")
        )
        return grid

    return open_at


def cell(grid: Locator, place: str) -> Locator:
    return grid.locator(f'[data-place="{place}"]')


def found(page: Page, words: str | re.Pattern[str]) -> Locator:
    """The line above the grid, which is announced as well."""
    return page.locator("#main").get_by_text(words)


def rows_drawn(grid: Locator) -> int:
    return grid.locator(".heat-row").count()


def test_five_thousand_people_scroll_with_a_window_drawn_only(
    page: Page,
    matrix: Callable[[str], Locator],
    is_accessible: Callable[[], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    grid = matrix(WHOLE)
    expect(found(page, "5000人、100スキル")).to_be_visible()
    assert int(grid.get_attribute("aria-rowcount") or 0) >= PEOPLE + 2
    expect(grid).to_have_attribute("aria-colcount", str(COMPETENCIES + 1))
    assert rows_drawn(grid) < 60
    is_accessible()
    times = grid.evaluate(SCROLL)
    middle, worst = statistics.median(times), max(times)
    with capsys.disabled():
        sys.stdout.write(
            f"\nframes while scrolling: median {middle:.0f} ms, longest {worst:.0f} ms\n"
        )
    # Far below, rows come from the server; the last one is there, and the head still in sight.
    grid.evaluate("(element) => element.scrollTo(0, element.scrollHeight)")
    grid.scroll_into_view_if_needed()
    last = cell(grid, f"{PEOPLE - 1},0")
    expect(last).to_have_attribute("aria-label", re.compile("^実験 "))
    expect(grid.get_by_role("columnheader", name="職員")).to_be_in_viewport()
    assert rows_drawn(grid) < 60


def test_the_keyboard_goes_cell_by_cell_and_a_screen_reader_hears_it(
    page: Page, matrix: Callable[[str], Locator]
) -> None:
    grid = matrix(WHOLE)
    cell(grid, "0,0").focus()
    for key, place in (
        ("ArrowRight", "0,1"),
        ("ArrowDown", "1,1"),
        ("End", "1,99"),
        ("PageDown", "11,99"),
        ("Home", "11,0"),
        ("Control+End", "4999,99"),
        ("Control+Home", "0,0"),
    ):
        page.keyboard.press(key)
        expect(cell(grid, place)).to_be_focused()
        expect(cell(grid, place)).to_be_in_viewport()
    assert grid.locator('[tabindex="0"]').count() == 1
    judged = grid.locator('[data-place^="0,"]', has_text=re.compile("[0-4]")).first
    expect(judged).to_have_attribute(
        "aria-label",
        re.compile(r"^実験 \d+、実験スキル\d+、レベル\d（目標(\d|なし)）、\d{4}年\d+月から$"),
    )


def test_a_cell_explains_itself_and_the_focus_comes_back(
    page: Page, matrix: Callable[[str], Locator], is_accessible: Callable[[], None]
) -> None:
    grid = matrix(SECTION)
    judged = grid.locator('[data-place^="2,"]', has_text=re.compile("[0-4]")).first
    place = judged.get_attribute("data-place") or ""
    cell(grid, place).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("有効な根拠のうち最も高いレベル")
    is_accessible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(cell(grid, place)).to_be_focused()


def test_the_focus_goes_to_the_explained_cell_wherever_its_row_is_now(
    page: Page, matrix: Callable[[str], Locator]
) -> None:
    grid = matrix(SECTION)
    place = "7,3"
    cell(grid, place).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    # Read anew, the page has forgotten what was clicked; only the address says it.
    page.reload()
    expect(page.get_by_role("dialog")).to_be_visible()
    below = page.locator(f'[data-place="{place}"]')
    expect(below).to_have_attribute("aria-label", re.compile("実験|人"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(cell(grid, place)).to_be_focused()


def test_filters_are_the_address_and_can_be_kept_as_a_view(
    page: Page, matrix: Callable[[str], Locator], is_accessible: Callable[[], None]
) -> None:
    grid = matrix(WHOLE)
    page.get_by_label("部署").select_option(value="HEAT7")
    expect(found(page, "500人、100スキル")).to_be_visible()
    page.get_by_text("詳しい条件").click()
    page.get_by_label("条件にするスキル").select_option(label="実験スキル4")
    page.get_by_label("目標との差").select_option(label="2レベル以上不足")
    expect(page).to_have_url(re.compile("department=HEAT7.*competency=HK4.*gap=2"))
    expect(found(page, re.compile(r"^\d{2,3}人、100スキル"))).to_be_visible()
    page.get_by_label("まとめ方").select_option(label="職層ごと")
    expect(grid.locator(".heat-group-row").first).to_contain_text("人）")
    is_accessible()
    page.get_by_text("保存した表示").first.click()
    page.get_by_label("表示の名前").fill("第7課の不足")
    page.get_by_role("button", name="今の表示を保存").click()
    link = page.get_by_role("link", name="第7課の不足")
    expect(link).to_be_visible()
    is_accessible()
    kept = page.url
    page.get_by_role("button", name="条件を消す").click()
    expect(page).to_have_url(re.compile("/matrix$"))
    link.click()
    expect(page.get_by_label("部署")).to_have_value("HEAT7")
    assert sorted(page.url.split("?")[1].split("&")) == sorted(kept.split("?")[1].split("&"))
    page.get_by_role("button", name="「第7課の不足」の名前を変える").click()
    page.get_by_label("新しい名前").fill("第7課")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("button", name="「第7課」を削除").click()
    expect(page.get_by_role("link", name="第7課", exact=True)).to_have_count(0)
    # Nothing fits: it says what to do.
    page.goto(f"{SECTION}&level=4&level_is=exactly&gap=4")
    expect(page.get_by_text("条件に合う職員はいません。").first).to_be_visible()
    is_accessible()


def test_groups_fold_and_categories_open(
    page: Page, matrix: Callable[[str], Locator], is_accessible: Callable[[], None]
) -> None:
    grid = matrix(f"{WHOLE}&group_by=department")
    heading = grid.locator(".heat-group-row").first
    expect(heading).to_contain_text("実験第0課（500人）")
    heading.locator(".heat-person").click()
    expect(grid.locator(".heat-group-row").nth(1)).to_contain_text("実験第1課")
    cell(grid, "0,0").focus()
    page.keyboard.press("Enter")
    expect(cell(grid, "1,0")).to_have_attribute("aria-label", re.compile("^実験 "))
    page.get_by_label("スキルを分野ごとにまとめる").click()
    expect(found(page, "10分野")).to_be_visible()
    is_accessible()
    cell(grid, "1,2").click()
    expect(page).to_have_url(re.compile("group=HG2"))
    expect(found(page, "5000人、10スキル")).to_be_visible()


def test_the_past_and_what_changed_since(
    page: Page, matrix: Callable[[str], Locator], is_accessible: Callable[[], None]
) -> None:
    grid = matrix(SECTION)
    page.get_by_label("月ごとに見る").focus()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"as_of=\d{4}-\d\d-(28|29|30|31)"), timeout=30_000)
    expect(found(page, "500人、100スキル")).to_contain_text("月", timeout=30_000)
    page.get_by_role("button", name="今日に戻る").click()
    expect(page).not_to_have_url(re.compile("as_of"))
    page.get_by_role("button", name="変化を見る").click()
    expect(page).to_have_url(re.compile(f"compared_to={office_today().year - 1}"))
    changed = grid.locator("[data-change]").first
    expect(changed).to_have_text(re.compile("^[▲▼＋×]"), timeout=30_000)
    expect(changed).to_have_attribute("aria-label", re.compile("上がった|下がった|新たに|切れた"))
    is_accessible()


def test_the_fiscal_year_is_reported(
    page: Page, matrix: Callable[[str], Locator], is_accessible: Callable[[], None]
) -> None:
    matrix(SECTION)
    page.get_by_role("link", name="年度の報告").click()
    table = page.get_by_role("table")
    expect(table.get_by_role("row", name=re.compile("実験第3課"))).to_be_visible(timeout=60_000)
    expect(table.get_by_role("row", name=re.compile("全体"))).to_be_visible()
    is_accessible()


def test_the_matrix_works_on_a_phone(
    page: Page, matrix: Callable[[str], Locator], is_accessible: Callable[[], None]
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for address in (SECTION, f"{SECTION}&group_by=tier"):
        grid = matrix(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        grid.scroll_into_view_if_needed()
        grid.evaluate("(element) => element.scrollTo(500, 400)")
        expect(grid.get_by_role("columnheader", name="職員")).to_be_in_viewport()
        is_accessible()
