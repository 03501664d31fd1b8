"""A learning path from the learner's side, and how HR makes one."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

HR = "001017"
PATH = "窓口の改善"


@pytest.fixture
def way(on_site: Callable[..., Any]) -> dict[str, str]:
    """Titles by key, and who learns by the path."""
    found: dict[str, str] = on_site("way_of_two_courses")
    return found


@pytest.fixture
def look(page: Page) -> Callable[[str], None]:
    """Keeps a picture, where a folder for them is named."""

    def keep(name: str) -> None:
        folder = os.environ.get("LMS_PICTURES")
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return keep


def node(page: Page, key: str) -> Locator:
    return page.locator(f'[data-course="{key}"]')


def open_path(page: Page) -> None:
    page.goto("/paths")
    page.get_by_role("link", name=PATH, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=PATH)).to_be_visible()


def test_a_course_of_a_path_opens_when_the_one_before_it_is_finished(
    page: Page,
    way: dict[str, str],
    sign_in: Callable[[str], None],
    is_accessible: Callable[[], None],
    look: Callable[[str], None],
) -> None:
    sign_in(way["username"])
    # Home leads to the paths, and a course that waits says for what.
    expect(page.get_by_role("heading", level=2, name="学習の道筋")).to_be_visible()
    is_accessible()
    look("home")
    page.get_by_role("link", name=re.compile("^すべての道筋")).click()
    expect(page.get_by_role("heading", level=1, name="学習の道筋")).to_be_visible()
    is_accessible()
    look("paths")
    page.get_by_role("link", name=PATH, exact=True).click()

    # Drawn: the stages from left to right, a line for each thing that comes before another.
    expect(page.get_by_role("heading", level=3, name=re.compile("第3段階"))).to_be_visible()
    lines = page.locator("svg[aria-hidden=true] > path[marker-end]")
    expect(lines).to_have_count(2)
    first, second = node(page, "PTH1"), node(page, "PTH2")
    expect(first.get_by_text("始められます")).to_be_visible()
    expect(second.get_by_text("まだ始められません")).to_be_visible()
    expect(node(page, "PTH3").get_by_text("任意")).to_be_visible()
    left, right = first.bounding_box(), second.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] < right["x"]
    is_accessible()
    look("path")

    # What waits cannot be begun, from its page or by the address of its lesson.
    second.get_by_role("link", name=way["PTH2"], exact=True).click()
    expect(page.get_by_text("この研修はまだ始められません")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^始める"))).to_have_count(0)
    is_accessible()
    look("locked course")
    page.goto("/courses/PTH2/lessons/L1")
    expect(page.get_by_text("この研修はまだ始められません")).to_be_visible()
    expect(page.get_by_role("button", name="読み終えた")).to_have_count(0)

    # By keyboard alone: from the path to what comes first, and through it.
    open_path(page)
    wanted = second.get_by_role("link", name=f"先に修了：{way['PTH1']}")
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("link => link === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=way["PTH1"])).to_be_visible()
    expect(page.get_by_role("link", name=f"次の研修：{way['PTH2']}").first).to_be_visible()
    page.get_by_role("link", name=re.compile("^始める")).press("Enter")
    read = page.get_by_role("button", name="読み終えた")
    expect(read).to_be_enabled()
    read.press("Enter")
    expect(page.get_by_text("を修了しました。お疲れさまでした。")).to_be_visible()

    open_path(page)
    expect(first.get_by_text("修了", exact=True)).to_be_visible()
    expect(second.get_by_text("始められます")).to_be_visible()
    expect(second.get_by_text("次はこれ")).to_be_visible()
    expect(page.get_by_role("progressbar", name=re.compile(PATH))).to_have_attribute(
        "aria-valuetext", "33%"
    )
    look("path later")
    page.get_by_role("link", name=f"始める：{way['PTH2']}").click()
    expect(page.get_by_role("button", name="読み終えた")).to_be_enabled()


def test_paths_fit_a_phone(
    page: Page,
    way: dict[str, str],
    sign_in: Callable[[str], None],
    is_accessible: Callable[[], None],
    look: Callable[[str], None],
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(way["username"])
    page.goto("/paths")
    addresses = [PATH, "所属DX推進リーダーへの道"]
    for number, title in enumerate(addresses):
        page.goto("/paths")
        expect(page.get_by_role("heading", level=1, name="学習の道筋")).to_be_visible()
        page.get_by_role("link", name=title, exact=True).click()
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
        expect(page.locator("[data-course]").first).to_be_visible()
        is_accessible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        look(f"phone {number}")
    # Stages stand below each other.
    open_path(page)
    first, second = node(page, "PTH1").bounding_box(), node(page, "PTH2").bounding_box()
    assert first is not None
    assert second is not None
    assert first["y"] + first["height"] < second["y"]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/paths")
    page.get_by_role("link", name=addresses[1], exact=True).click()
    expect(page.locator("[data-course]").first).to_be_visible()
    look("leader path")


def add_course(page: Page, title: str) -> None:
    page.get_by_role("button", name="研修を追加").click()
    row = page.locator("[data-row]").last
    row.get_by_label("研修コース", exact=True).select_option(label=title)


def test_hr_makes_a_path_orders_it_and_is_told_of_a_cycle(
    page: Page,
    way: dict[str, str],
    sign_in_to_admin: Callable[[str], None],
    is_accessible: Callable[[], None],
    look: Callable[[str], None],
) -> None:
    sign_in_to_admin(HR)
    menu = page.get_by_role("navigation", name="メインメニュー")
    menu.get_by_role("link", name="学習の道筋").click()
    expect(page.get_by_role("heading", level=1, name="学習の道筋")).to_be_visible()
    is_accessible()
    look("admin list")
    page.get_by_role("link", name="学習の道筋を追加").click()
    page.get_by_role("textbox", name=re.compile("^キー")).fill("PTH-HR")
    page.get_by_label("名称（日本語）").fill("人事がつくる道筋")
    page.get_by_label("職員に表示する").check()
    add_course(page, f"PTH2 {way['PTH2']}")
    add_course(page, f"PTH1 {way['PTH1']}")
    # The row of the first course goes up to the first place by its button.
    page.locator("[data-row]").last.get_by_role("button", name="上へ移動").press("Enter")
    top = page.locator("[data-row]").first
    expect(top.get_by_label("研修コース", exact=True)).to_have_value("PTH1")
    stages = page.locator(".lms-stages > li")
    expect(stages).to_have_count(2)
    expect(stages.first).to_contain_text(way["PTH1"])
    is_accessible()
    look("admin path")
    page.get_by_role("button", name="学習の道筋を保存").click()
    expect(page.get_by_text("学習の道筋を保存しました。")).to_be_visible()

    # One order for all its courses, with what it does to people before it is saved.
    tabs = page.get_by_role("navigation", name="この道筋のページ")
    tabs.get_by_role("link", name="対象者").click()
    page.get_by_role("button", name="対象を追加").click()
    row = page.locator("[data-row]").last
    row.get_by_role("group", name="役割").get_by_label("窓口の改善担当").check()
    row.get_by_label("必修", exact=True).check()
    row.get_by_label("期限までの日数").fill("30")
    expect(page.locator('[data-figure="assigned_new"]')).to_have_text("1人")
    expect(page.locator('tr[data-course="PTH1"]')).to_be_visible()
    is_accessible()
    look("admin audience")
    page.get_by_role("button", name="対象者を保存").click()
    expect(page.get_by_text(re.compile("対象者を保存しました。"))).to_be_visible()
    expect(page.locator('[data-figure="assigned"]')).to_have_text("1人")
    expect(page.locator('[data-figure="assigned_new"]')).to_have_text("0人")

    # The order stands beside the course's own rules; a cycle is named before it is saved.
    menu.get_by_role("link", name="コースの設定").click()
    page.get_by_role("link", name=f"対象者: {way['PTH1']}").click()
    expect(page.get_by_role("link", name="人事がつくる道筋")).to_be_visible()
    page.get_by_role("link", name="先に修了する研修", exact=True).click()
    add_course(page, f"PTH4 {way['PTH4']}")
    expect(page.get_by_role("alert").get_by_text("互いの修了を待つ")).to_be_visible()
    is_accessible()
    look("admin cycle")
    page.get_by_role("button", name="先に修了する研修を保存").click()
    expect(page.get_by_text("互いの修了を待つ").first).to_be_visible()
