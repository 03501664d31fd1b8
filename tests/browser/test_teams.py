"""The DX office's way to teams: composed, proven, changed, compared, relaxed, adopted, undone."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

DX = "001017"
PROVEN = "最適（証明済み）"
LONG = 90_000


@pytest.fixture
def projects(on_site: Callable[..., Any]) -> Iterator[dict[str, str]]:
    made = on_site("projects_to_staff")
    yield made["titles"]
    on_site("end_projects", made["aside"])


@pytest.fixture
def become(page: Page, sign_in: Callable[[str], None]) -> Callable[[str], None]:
    def change(username: str) -> None:
        page.context.clear_cookies()
        sign_in(username)

    return change


def standing(page: Page) -> Locator:
    return page.get_by_role("region", name="結果の確からしさ")


def team_of(page: Page, title: str) -> Locator:
    return page.get_by_role("table", name=f"{title}のチーム", exact=True)


def members(page: Page, title: str) -> list[str]:
    rows = team_of(page, title).locator("tbody th span.font-bold")
    expect(rows.first).to_be_visible()
    return rows.all_inner_texts()


def uuid_of(page: Page) -> str:
    return page.url.rsplit("/", 1)[1]


def test_the_dx_office_composes_compares_and_adopts(
    page: Page,
    projects: dict[str, str],
    on_site: Callable[..., Any],
    become: Callable[[str], None],
    is_accessible: Callable[[], None],
    fits_a_phone: Callable[[str], None],
) -> None:
    become(DX)
    page.get_by_role("link", name="DXプロジェクト", exact=True).click()
    page.get_by_role("link", name="チーム編成", exact=True).click()
    expect(page.get_by_text("チーム編成はまだありません。")).to_be_visible()
    is_accessible()

    # All open projects at once, under the usual rules.
    page.get_by_role("link", name="新しく編成する").click()
    expect(page.get_by_label("プロジェクト", exact=True)).to_contain_text("全プロジェクト（3件）")
    page.get_by_text("特に重要なスキル（0件を選択中）").click()
    is_accessible()
    page.get_by_role("button", name="編成を始める").click()
    page.wait_for_url(re.compile("/teams/[0-9a-f-]{36}$"))
    expect(standing(page)).to_contain_text(PROVEN, timeout=LONG)
    expect(page.get_by_role("heading", level=2, name="編成したチーム（3件）")).to_be_visible()
    title = projects["P11"]
    assert len(members(page, title)) == 2
    expect(team_of(page, title).get_by_text("学びながら参加", exact=True)).to_be_visible()
    expect(team_of(page, title).get_by_text("指導役", exact=True)).to_be_visible()
    is_accessible()
    first = uuid_of(page)

    # What a large office sees: the first answer at once, and the proven one in its place by itself.
    on_site("hold_back", first)
    page.reload()
    expect(standing(page)).to_contain_text("暫定案")
    expect(standing(page)).to_contain_text("自動で置き換わります")
    expect(page.get_by_role("button", name="この編成を採用する")).to_have_count(0)
    is_accessible()
    on_site("let_go", first)
    expect(standing(page)).to_contain_text(PROVEN, timeout=LONG)
    expect(page.get_by_role("status").filter(has_text="証明済みです")).to_be_attached()

    # One is left out, the other stays: a composition of its own, beside the earlier one.
    out, stays = members(page, title)
    again = page.get_by_role("button", name="この指定でもう一度編成する")
    expect(again).to_be_disabled()
    page.get_by_role("button", name=f"{out}さんを「{title}」から外す").click()
    pin = page.get_by_role("button", name=f"{stays}さんを「{title}」に固定する")
    pin.click()
    expect(pin).to_have_attribute("aria-pressed", "true")
    is_accessible()
    again.click()
    page.wait_for_url(lambda url: first not in url)
    expect(standing(page)).to_contain_text(PROVEN, timeout=LONG)
    found = members(page, title)
    assert stays in found
    assert out not in found
    second = uuid_of(page)

    page.get_by_role("link", name="もとの編成案と比べる").click()
    expect(page.get_by_role("heading", level=1, name="編成案の比較")).to_be_visible()
    table = page.get_by_role("table", name=f"{title}のチームの違い")
    only = table.get_by_role("row").filter(has_text="一方だけにいる職員")
    expect(only.get_by_role("cell").nth(0)).to_contain_text(out)
    expect(only.get_by_role("cell").nth(1)).not_to_contain_text(out)
    expect(table.get_by_role("row").filter(has_text="両方にいる職員")).to_contain_text(stays)
    is_accessible()
    fits_a_phone(f"/teams/compare?a={first}&b={second}")
    fits_a_phone(f"/teams/{second}")
    fits_a_phone("/teams")
    fits_a_phone("/teams/new")
    page.set_viewport_size({"width": 1280, "height": 900})

    # Adopted: who is in it is told; taken back, nobody is in it.
    page.goto(f"/teams/{second}")
    page.get_by_role("button", name="この編成を採用する").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("3件のプロジェクト")
    is_accessible()
    dialog.get_by_role("button", name="この編成を採用する").click()
    expect(page.get_by_text(re.compile("に採用しました$"))).to_be_visible()
    is_accessible()
    told = on_site("told_of_team", "P11")
    assert set(told["names"]) == set(found)
    become(told["reader"])
    page.goto("/notices")
    notice = page.get_by_role("link", name=f"プロジェクト「{title}」のメンバーになりました。")
    expect(notice).to_have_attribute("href", "/projects/P11")
    become(DX)
    page.goto(f"/teams/{second}")
    page.get_by_role("button", name="採用を取り消す").click()
    page.get_by_role("dialog").get_by_role("button", name="採用を取り消す").click()
    expect(page.get_by_role("button", name="この編成を採用する")).to_be_visible()
    assert on_site("told_of_team", "P11")["members"] == []


def test_an_impossible_rule_is_named_and_relaxed(
    page: Page,
    projects: dict[str, str],
    become: Callable[[str], None],
    is_accessible: Callable[[], None],
) -> None:
    become(DX)
    page.goto("/projects/P11")
    page.get_by_role("link", name="チームを編成する").click()
    expect(page.get_by_label("プロジェクト", exact=True)).to_have_value("P11")
    # Three learners in a team of two.
    page.get_by_label(re.compile("^学びながら参加する人")).select_option("3")
    page.get_by_role("button", name="編成を始める").click()
    expect(page.get_by_text("条件を全て満たすチームを編成できません（1件）")).to_be_visible(
        timeout=LONG
    )
    cheapest = page.get_by_role("listitem").filter(has_text="影響が最も小さい方法").last
    expect(cheapest).to_contain_text("学びながら参加する人")
    is_accessible()
    cheapest.get_by_role("button", name="この条件をゆるめて編成し直す").click()
    expect(standing(page)).to_contain_text(PROVEN, timeout=LONG)
    expect(page.get_by_role("heading", name="この編成でゆるめた条件")).to_be_visible()
    assert len(members(page, projects["P11"])) == 2
    is_accessible()


def test_nobody_else_is_offered_it(page: Page, become: Callable[[str], None]) -> None:
    become("001001")
    page.get_by_role("link", name="DXプロジェクト", exact=True).click()
    expect(page.get_by_role("link", name="ひな形の一覧")).to_be_visible()
    expect(page.get_by_role("link", name="チーム編成", exact=True)).to_have_count(0)
    page.goto("/teams")
    expect(page.get_by_role("heading", level=1)).to_contain_text("権限")
