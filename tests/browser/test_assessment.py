"""A round of assessments, from HR opening it to the answer to a request for a correction."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

HR = "001017"
TITLE = "介護保険課のスキル評価"


@pytest.fixture
def section(on_site: Callable[..., Any]) -> Iterator[dict[str, Any]]:
    yield on_site("section_for_assessment")
    on_site("end_assessment")


@pytest.fixture
def become(page: Page, sign_in: Callable[[str], None]) -> Callable[[str], None]:
    def change(username: str) -> None:
        page.context.clear_cookies()
        page.set_viewport_size({"width": 1280, "height": 900})
        sign_in(username)

    return change


def open_campaign(page: Page, section: dict[str, Any]) -> None:
    """As HR does in the admin; left on the page that says how far it is."""
    menu = page.get_by_role("navigation", name="メインメニュー")
    menu.get_by_role("link", name="スキル評価").click()
    page.get_by_role("link", name=re.compile("追加")).first.click()
    today = date.today()
    for name, value in {
        "key": "KAIGO",
        "title_ja": TITLE,
        "fiscal_year": str(today.year),
        "opens_on": str(today - timedelta(days=1)),
        "due_on": str(today + timedelta(days=5)),
    }.items():
        page.locator(f"[name={name}]").fill(value)
        page.keyboard.press("Escape")
    page.locator("[name=department]").select_option(str(section["department"]))
    page.locator("[name=competencies]").select_option([str(one["pk"]) for one in section["skills"]])
    page.get_by_role("button", name="保存", exact=True).click()
    row = page.get_by_role("row").filter(has_text=TITLE)
    row.get_by_role("link", name="進み具合").click()
    expect(page.locator('[data-figure="self"]')).to_have_text("0")


def choose(page: Page, skill: dict[str, Any], level: int) -> None:
    group = page.get_by_role("group", name=skill["title"])
    group.get_by_role("radio").nth(level).check()


def test_a_round_of_assessments(
    page: Page,
    section: dict[str, Any],
    become: Callable[[str], None],
    sign_in_to_admin: Callable[[str], None],
    is_accessible: Callable[[], None],
    fits_a_phone: Callable[[str], None],
    keyboard: Callable[..., None],
) -> None:
    first, second = section["skills"]
    sign_in_to_admin(HR)
    open_campaign(page, section)
    expect(page.locator('[data-figure="people"]')).not_to_have_text("0")
    is_accessible()

    # The member fills in by keyboard; nothing is lost in between, and no target is told.
    become(section["member"])
    expect(page.get_by_role("heading", level=3, name=TITLE)).to_be_visible()
    is_accessible()
    page.goto(f"/skills/{second['key']}")
    panel = page.get_by_role("dialog")
    expect(panel.get_by_text("目標なし")).to_be_visible()
    page.goto("/")
    page.get_by_role("link", name=f"始める：{TITLE}").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="自己評価")).to_be_visible()
    radios = page.get_by_role("group", name=first["title"]).get_by_role("radio")
    keyboard("0　", "Space")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(radios.nth(4)).to_be_checked()
    expect(page.get_by_text("保存済み")).to_be_visible()
    page.reload()
    expect(radios.nth(4)).to_be_checked()
    expect(page.get_by_text("（1／2）")).to_be_visible()
    is_accessible()
    expect(page.get_by_text("公式のレベル", exact=True)).to_have_count(0)
    keyboard("提出する")
    expect(page.get_by_text("未入力のスキルが1件あります。").first).to_be_visible()
    is_accessible()
    # The form leads to what is missing.
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("main").get_by_text(re.compile("未入力のスキルが"))).to_have_count(0)
    expect(page.get_by_role("main").get_by_text("保存済み")).to_be_visible()
    fits_a_phone("/assessments/KAIGO/self")
    page.set_viewport_size({"width": 1280, "height": 900})
    keyboard("提出する")
    result = page.get_by_role("table", name="評価の結果")
    told = result.get_by_role("row").filter(has_text=first["title"])
    expect(told.get_by_role("cell").nth(0)).to_contain_text("4")
    expect(told.get_by_role("cell").nth(2)).to_contain_text(re.compile("[1-4]"))
    is_accessible()
    fits_a_phone("/assessments/KAIGO/self")
    fits_a_phone("/assessments")

    # The head assesses without knowing what the person believes.
    become(section["head"])
    page.get_by_role("link", name=f"職員一覧を開く：{TITLE}").click()
    people = page.get_by_role("table", name="所属長の評価")
    expect(people.get_by_role("row").filter(has_text=section["name"])).to_contain_text("提出済み")
    is_accessible()
    people.get_by_role("link", name=section["name"]).click()
    about = f"{section['name']}さんの評価"
    expect(page.get_by_role("heading", level=1, name=about)).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)
    choose(page, first, 1)
    choose(page, second, 1)
    page.get_by_role("button", name="提出する").click()
    expect(result.get_by_role("row").filter(has_text=first["title"])).to_contain_text("4")
    expect(page.get_by_role("link", name=re.compile("次の職員へ"))).to_be_visible()
    is_accessible()
    fits_a_phone("/assessments/KAIGO/team")
    page.set_viewport_size({"width": 1280, "height": 900})

    # They talk it over: another level needs a reason.
    page.get_by_role("link", name="評価のすり合わせ").click()
    table = page.get_by_role("table", name="評価のすり合わせ")
    expect(table.get_by_role("row")).to_have_count(2)
    expect(table).to_contain_text("本人が3高い")
    page.get_by_role("button", name=re.compile("結果を記録する")).click()
    page.get_by_label("すり合わせたレベル").select_option("2")
    page.get_by_role("button", name="記録する", exact=True).click()
    expect(page.get_by_text("レベルを変更する理由を入力してください。")).to_be_visible()
    is_accessible()
    page.get_by_label("変更の理由（必須）").fill("昨年度の窓口改善で実践していることを確認した。")
    page.get_by_role("button", name="記録する", exact=True).click()
    expect(table).to_contain_text("レベル2に変更")
    is_accessible()

    # HR sees the same across sections.
    become(HR)
    page.get_by_role("navigation", name="主なページ").get_by_role("link", name="スキル評価").click()
    page.get_by_role("link", name=f"差を確認する：{TITLE}").click()
    page.get_by_label("差", exact=True).select_option("2")
    page.get_by_label("所属").select_option(label="介護保険課")
    page.wait_for_url(re.compile("department=0502"))
    expect(table).to_contain_text("昨年度の窓口改善")
    table.get_by_role("link", name=re.compile("根拠を見る")).click()
    expect(page.get_by_role("dialog")).to_contain_text("上司による評価")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    fits_a_phone("/assessments/KAIGO/calibration")

    # The member disagrees with a level, and asks for a correction.
    become(section["member"])
    page.goto(f"/skills/{first['key']}")
    page.get_by_role("button", name="この内容は違うと思う").click()
    page.get_by_role("button", name="申し出る", exact=True).click()
    expect(page.get_by_text("違うと思う理由を入力してください。")).to_be_visible()
    is_accessible()
    page.get_by_label("本来のレベル").select_option("3")
    page.get_by_label("違うと思う理由（必須）").fill("昨年度に取得した資格が登録されていません。")
    page.get_by_role("button", name="申し出る", exact=True).click()
    expect(page.get_by_text("回答待ち")).to_be_visible()

    # HR is told, and answers in the admin.
    become(HR)
    page.goto("/notices")
    asked = f"{section['name']}さんから「{first['title']}」"
    page.get_by_role("main").get_by_role("link", name=re.compile(re.escape(asked))).first.click()
    page.wait_for_url("**/admin/skills-corrections/**")
    expect(page.get_by_text("昨年度に取得した資格が登録されていません。")).to_be_visible()
    is_accessible()
    page.get_by_label(re.compile("訂正した")).check()
    page.locator("[name=answer]").fill("資格を登録しました。")
    page.get_by_role("main").get_by_role("button", name="回答").click()

    become(section["member"])
    page.goto("/notices")
    answered = f"「{first['title']}」の訂正の申出に回答がありました。"
    page.get_by_role("main").get_by_role("link", name=answered).first.click()
    expect(page.get_by_text("資格を登録しました。")).to_be_visible()
    is_accessible()
    fits_a_phone("/corrections")

    # HR reminds the section of what is still open.
    page.set_viewport_size({"width": 1280, "height": 900})
    page.context.clear_cookies()
    sign_in_to_admin(HR)
    page.goto("/admin/snippets/lms_skills/campaign/")
    page.get_by_role("row").filter(has_text=TITLE).get_by_role("link", name="進み具合").click()
    expect(page.locator('[data-figure="self"]')).to_have_text("1")
    page.get_by_role("button", name="催促する 介護保険課").click()
    expect(page.get_by_text(re.compile(r"\d+人に催促しました。"))).to_be_visible()
    is_accessible()
