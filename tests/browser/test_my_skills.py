"""My own skills: the picture and its table, the next step of a gap, the history, and who looked."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

# Nobody whom another test knows.
ME, HR = "001174", "001017"
NONE = "未評価"


@pytest.fixture
def my_pages(page: Page, on_site: Callable[..., Any], sign_in: Callable[[str], None]) -> Page:
    """Signed in as the person; whatever the page's policy refuses is an error of the test."""
    on_site("give_account", ME)
    page.add_init_script(
        "window.refused = [];"
        "addEventListener('securitypolicyviolation', (event) =>"
        " window.refused.push(event.violatedDirective + ' ' + event.sample))"
    )
    sign_in(ME)
    return page


def asked(page: Page, path: str) -> Any:
    return page.request.get(f"/api/v1/skills/{path}/", headers={"Accept-Language": "ja"}).json()


def unfolded(figure: Locator) -> list[list[str]]:
    """The rows of the table under a chart."""
    figure.get_by_text("表で見る").click()
    rows = figure.locator("tbody tr")
    expect(rows.first).to_be_visible()
    return [row.locator("th, td").all_inner_texts() for row in rows.all()]


def test_each_picture_has_the_numbers_of_the_api_in_its_table(
    my_pages: Page, is_accessible: Callable[[], None]
) -> None:
    page = my_pages
    page.goto("/skills")
    figures = page.locator("figure")
    expect(figures.locator("svg path").first).to_be_visible()
    categories = asked(page, "me")["categories"]
    frameworks = dict.fromkeys(row["framework"]["title"] for row in categories)
    assert len(frameworks) == figures.count() == 2
    for title in frameworks:
        figure = page.get_by_role("figure", name=title)
        picture = figure.locator("[role=img]")
        assert unfolded(figure) == [
            [
                row["category"]["title"],
                NONE if row["mean_level"] is None else f"{row['mean_level']:.2f}",
                f"{row['mean_target']:.2f}",
                *(str(row[name]) for name in ("with_target", "assessed", "at_target")),
            ]
            for row in categories
            if row["framework"]["title"] == title
        ]
        told = picture.get_attribute("aria-label") or ""
        assert told.startswith("図：")
        for row in categories:
            is_told = re.search(f"[：、]{row['category']['title']}は", told) is not None
            assert is_told == (row["framework"]["title"] == title)
    is_accessible()
    assert page.evaluate("window.refused") == []


def test_a_gap_names_the_course_that_closes_it_and_leads_there(my_pages: Page) -> None:
    page = my_pages
    page.goto("/skills?gaps")
    gap = next(row for row in asked(page, "me")["competencies"] if row["closing_course"])
    course, title = gap["closing_course"], gap["competency"]["title"]
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=f"{title} の判定"))
    expect(row).to_contain_text(f"目安 {course['minutes']}分")
    expect(row).to_contain_text("受講中" if gap["is_taking"] else "受講できます")
    if gap["closing_project"]:
        expect(row).to_contain_text(gap["closing_project"]["title"])
    row.get_by_role("link", name=course["title"]).click()
    expect(page.get_by_role("heading", level=1, name=course["title"])).to_be_visible()
    expect(page).to_have_url(re.compile(f"/courses/{course['key']}$"))


def test_what_ends_soon_says_until_when_and_how_to_renew_it(my_pages: Page) -> None:
    page = my_pages
    page.goto("/skills")
    (ending,) = asked(page, "me")["expiring"]
    year, month, day = (int(part) for part in ending["last_day"].split("-"))
    soon = page.get_by_role("region", name=re.compile("まもなく有効期限"))
    expect(soon).to_contain_text(ending["competency"]["title"])
    expect(soon).to_contain_text(f"{year}年{month}月{day}日まで有効")
    expect(soon).to_contain_text("更新するには")


def test_the_history_tells_each_step_and_its_cause(
    my_pages: Page, is_accessible: Callable[[], None]
) -> None:
    page = my_pages
    page.goto("/skills")
    page.get_by_role("link", name="これまでの推移").click()
    trend = asked(page, "trend")
    figure = page.get_by_role("figure")
    expect(figure.locator("svg text", has_text="年度").first).to_be_visible()
    assert [row[1:] for row in unfolded(figure)] == [
        [*map(str, count["levels"]), str(sum(count["levels"]))]
        for count in reversed(trend["counts"])
    ]
    steps = page.get_by_role("table", name=re.compile("^レベルの変化")).locator("tbody tr")
    expect(steps).to_have_count(min(len(trend["steps"]), 20))
    first = trend["steps"][0]
    for text in (first["competency"]["title"], first["title"]):
        expect(steps.first).to_contain_text(text)
    is_accessible()
    assert page.evaluate("window.refused") == []


def test_who_looked_is_told_with_post_purpose_and_data(
    my_pages: Page, sign_in: Callable[[str], None], is_accessible: Callable[[], None]
) -> None:
    page = my_pages
    held = next(row for row in asked(page, "me")["competencies"] if row["level"] is not None)
    cell = held["competency"]
    before = asked(page, "looks")["count"]

    page.context.clear_cookies()
    sign_in(HR)
    shown = page.request.get(f"/api/v1/skills/cells/{ME}/{cell['key']}/")
    assert shown.json()["level"] == held["level"]
    page.context.clear_cookies()
    sign_in(ME)

    page.goto("/skills")
    page.get_by_role("link", name="閲覧の記録").click()
    expect(
        page.get_by_role("heading", level=1, name="だれがわたしのスキルを見たか")
    ).to_be_visible()
    looks = page.get_by_role("table").locator("tbody tr")
    expect(page.get_by_role("status").filter(has_text="全")).to_have_text(f"全{before + 1}件")
    latest = looks.first
    look = asked(page, "looks")["results"][0]
    assert look["post"]
    for text in (look["who"], look["post"], look["why"], f"「{cell['title']}」のレベル"):
        expect(latest).to_contain_text(text)
    is_accessible()


def test_my_pages_fit_a_phone(my_pages: Page, fits_a_phone: Callable[[str], None]) -> None:
    for path in ("/skills", "/skill-history", "/skill-looks"):
        fits_a_phone(path)
