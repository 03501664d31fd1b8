"""Writing H5P activities in the admin, in Japanese: from nothing to a playing preview."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from courses.h5p.packing import write_package
from tests.browser.axe import axe_finds_nothing
from tests.browser.conftest import PASSWORD
from tests.courses.h5p.every_kind import FOLDER, PART_FOLDER, write_every_kind

pytestmark = pytest.mark.browser

ADD = "/admin/snippets/lms_courses/activity/add/"


def enter_admin(page: Page, username: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("ユーザー名").fill(username)
    # Wagtail has no Japanese for this label of Django's.
    page.get_by_label(re.compile("パスワード|Password")).fill(PASSWORD)
    page.get_by_role("button", name="サインイン").click()
    page.wait_for_url("**/admin/")


def begin(page: Page, title: str) -> None:
    """A new activity of the first course the user may edit."""
    page.goto(ADD)
    page.get_by_role("combobox", name="研修コース").select_option(index=1)
    page.get_by_label("名称（日本語）").fill(title)
    page.get_by_role("button", name="下書きを保存").click()
    page.wait_for_url("**/activity/edit/**")
    editor_is_ready(page)


def editor_is_ready(page: Page) -> None:
    page.locator("[data-h5p-editor][data-ready]").wait_for()


def value(page: Page) -> dict[str, Any]:
    """What the form would send."""
    found: dict[str, Any] = json.loads(page.locator("[data-h5p-value]").input_value())
    return found


def write(page: Page, label: str, text: str, *, nth: int = 0) -> None:
    """Type into a rich text field, its second word in bold."""
    box = page.get_by_role("textbox", name=re.compile(f"^{label}")).nth(nth)
    box.click()
    first, _, second = text.partition("*")
    page.keyboard.type(first)
    page.keyboard.press("Control+b")
    page.keyboard.type(second)
    page.keyboard.press("Control+b")
    page.wait_for_timeout(100)


def save(page: Page) -> None:
    page.get_by_role("button", name="下書きを保存").click()
    expect(
        page.get_by_text(re.compile("を更新しました|を保存できませんでした|保存されませんでした"))
    ).to_be_visible()
    editor_is_ready(page)


def is_accessible(page: Page) -> None:
    """axe on the whole page; Wagtail's own editor pages have no heading of the first level."""
    page.wait_for_timeout(300)
    axe_finds_nothing(page, rules={"page-has-heading-one": {"enabled": False}})


@pytest.fixture(scope="session")
def every_kind_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A .h5p made elsewhere that brings the type with every kind of field."""
    directory = write_every_kind(tmp_path_factory.mktemp("every") / "libraries")
    libraries = {
        folder: {path.name: path.read_bytes() for path in (directory / folder).iterdir()}
        for folder in (FOLDER, PART_FOLDER)
    }
    params = {
        "heading": "持ち込みの教材",
        "introduction": '<p>表は<span style="color: red">残る</span>。</p>',
        "minutes": 5,
        "level": "easy",
        "questions": [{"text": "<div>はい？</div>", "points": 1, "answers": ["はい"]}],
        "part": {
            "library": "H5P.EveryPart 1.0",
            "params": {"words": "部品の文です"},
            "subContentId": "11111111-1111-4111-8111-111111111111",
        },
        "notInTheSemantics": {"kept": True},
    }
    metadata = {
        "title": "持ち込みの教材",
        "language": "ja",
        "mainLibrary": "H5P.EveryKind",
        "embedTypes": ["div"],
        "license": "U",
        "preloadedDependencies": [
            {"machineName": name, "majorVersion": 1, "minorVersion": 0}
            for name in ("H5P.EveryKind", "H5P.EveryPart")
        ],
    }
    package = write_package(
        metadata=metadata,
        content={"content/content.json": json.dumps(params).encode()},
        libraries=libraries,
    )
    path = tmp_path_factory.mktemp("package") / "教材.h5p"
    path.write_bytes(package)
    return path


@pytest.fixture
def every_kind(browser: Browser, site: str, every_kind_package: Path) -> None:
    """The type is installed: the librarian read a package that brings it."""
    context = browser.new_context(base_url=site, locale="ja-JP")
    page = context.new_page()
    enter_admin(page, "admin")
    begin(page, "ライブラリの持ち込み")
    read_package(page, every_kind_package)
    expect(page.get_by_text("教材.h5pを読み込みました")).to_be_visible()
    context.close()


def read_package(page: Page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="H5Pファイルを読み込む").click()
    chooser.value.set_files(path)


def test_an_activity_is_written_from_nothing_previewed_saved_and_edited_again(page: Page) -> None:
    enter_admin(page, "author")
    begin(page, "待ち時間とDX")
    is_accessible(page)

    # The type is found by its Japanese name and chosen.
    page.get_by_role("searchbox", name="種類を検索").fill("正誤")
    page.get_by_role("button", name="正誤").click()
    write(page, "設問", "電子申請は、待ち時間を*短くする")
    is_accessible(page)

    # It plays beside the form, unsaved, and can be answered there.
    page.get_by_role("button", name=re.compile("プレビュー|Toggle preview")).first.click()
    player = page.frame_locator("#w-preview-iframe").frame_locator("iframe.h5p")
    expect(player.get_by_text("電子申請は、待ち時間を短くする")).to_be_visible(timeout=15_000)
    # By keyboard: Wagtail scales the panel's frame, and Chromium aims clicks without that.
    player.get_by_role("radio").first.press("Space")
    expect(player.get_by_role("radio").first).to_be_checked()
    player.get_by_role("button", name="チェック").press("Enter")
    expect(player.get_by_role("button", name="チェック")).to_be_hidden()

    # What is missing is said there instead.
    page.get_by_role("textbox", name=re.compile("^設問")).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_text("まだ再生できません")).to_be_visible(timeout=15_000)
    expect(preview.get_by_text("設問")).to_be_visible()
    write(page, "設問", "電子申請は、待ち時間を*短くする")

    # Saved, and there again after a reload; the words of the buttons are Japanese.
    page.get_by_label(re.compile("合格点")).fill("80")
    save(page)
    page.reload()
    editor_is_ready(page)
    assert (
        value(page)["params"]["question"]
        == "<p>電子申請は、待ち時間を<strong>短くする</strong></p>"
    )
    expect(page.get_by_label(re.compile("合格点"))).to_have_value("80")
    expect(page.get_by_role("textbox", name=re.compile("^設問"))).to_contain_text("短くする")
    page.get_by_role("button", name="文言・翻訳").click()
    assert "チェック" in [
        field.input_value() for field in page.locator(".h5p-part--words input").all()
    ]

    # It leaves as a package, and comes back as the same activity.
    with page.expect_download() as download:
        page.get_by_role("link", name="H5Pファイルをダウンロード").click()
    assert download.value.suggested_filename == "待ち時間とDX.h5p"
    begin(page, "読み戻し")
    read_package(page, Path(download.value.path()))
    expect(page.get_by_role("textbox", name=re.compile("^設問"))).to_contain_text("短くする")


def test_every_kind_of_field_can_be_filled_in(page: Page, every_kind: None, tmp_path: Path) -> None:
    picture = tmp_path / "窓口.png"
    data = BytesIO()
    Image.new("RGB", (64, 48), "navy").save(data, "PNG")
    picture.write_bytes(data.getvalue())
    enter_admin(page, "author")
    begin(page, "全項目の確認")
    page.get_by_role("button", name="全項目の見本").click()

    # A draft may be unfinished: its gaps stand beside their fields and are listed with links.
    page.get_by_label("メモ").fill("消えないメモ")
    save(page)
    expect(page.get_by_role("heading", name="確認が必要な箇所が4件あります")).to_be_visible()
    heading = page.get_by_label("見出し")
    expect(page.get_by_text("下書きは保存されています。")).to_be_visible()
    expect(heading).not_to_be_focused()
    expect(heading).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("メモ")).to_have_value("消えないメモ")
    is_accessible(page)
    page.get_by_role("link", name=re.compile("^質問 1 › 正答 1")).click()
    answer = page.get_by_role("listitem").filter(has_text="正答 1").last.get_by_role("textbox")
    expect(answer).to_be_focused()
    page.get_by_role("link", name=re.compile("^見出し")).click()
    expect(heading).to_be_focused()
    answer.fill("はい")
    heading.fill("窓口の確認")
    write(page, "説明文", "表は*全部読む")
    write(page, "質問文", "読みましたか*？")

    # Conditions: the list's items look up to the form.
    expect(page.get_by_label("制限時間（分）")).to_be_hidden()
    page.get_by_label("時間を計る").check()
    page.get_by_label("制限時間（分）").fill("3")
    expect(page.get_by_label("時間内のヒント")).to_be_visible()

    # Choices, colours, files.
    page.get_by_role("radio", name="むずかしい").check()
    page.get_by_label("担当").select_option(label="第3係")
    page.get_by_label("背景色", exact=True).fill("#ffeeaa")
    with page.expect_file_chooser() as chooser:
        page.locator('.h5p-field[data-kind="image"]').get_by_role(
            "button", name="ファイルを選ぶ"
        ).click()
    chooser.value.set_files(picture)
    expect(page.get_by_text("64 × 48")).to_be_visible()

    # Lists by keyboard: add, duplicate, remove and take back, move.
    page.get_by_role("button", name="質問を追加").press("Enter")
    page.get_by_role("button", name="質問 2を削除").press("Enter")
    expect(page.get_by_role("button", name="元に戻す")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="質問 2を削除").press("Enter")
    page.get_by_role("button", name="質問 1を複製").press("Enter")
    page.get_by_role("button", name="質問 2を上へ移動").press("Enter")
    expect(page.get_by_role("status").filter(has_text="1番目に移動")).to_be_attached()
    expect(page.get_by_role("button", name="質問 1を下へ移動")).to_be_focused()
    page.get_by_label("配点").first.fill("5")

    # A type inside the type, and itself inside that.
    page.get_by_label("部品", exact=True).select_option(label="部品")
    page.get_by_label("部品の文").fill("外側")
    page.get_by_label("さらに部品").select_option(label="部品")
    page.get_by_label("部品の文").nth(1).fill("内側")
    is_accessible(page)

    save(page)
    page.reload()
    editor_is_ready(page)
    params = value(page)["params"]
    assert params["heading"] == "窓口の確認"
    assert params["introduction"] == "<p>表は<strong>全部読む</strong></p>"
    assert (params["timed"], params["limit"], params["level"]) == (True, 3, "hard")
    assert (params["department"], params["colour"]) == ("d3", "#ffeeaa")
    assert (params["picture"]["width"], params["picture"]["mime"]) == (64, "image/png")
    assert [question["points"] for question in params["questions"]] == [5, 1]
    assert params["questions"][1]["text"] == "<div>読みましたか<strong>？</strong></div>"
    assert params["part"]["params"]["inner"]["params"]["words"] == "内側"
    expect(page.get_by_label("部品の文").nth(1)).to_have_value("内側")
    shown = page.locator("img.h5p-media__picture")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 64)


def test_what_the_editor_cannot_show_is_not_lost(
    page: Page, every_kind: None, every_kind_package: Path
) -> None:
    enter_admin(page, "author")
    begin(page, "持ち込み")
    read_package(page, every_kind_package)
    expect(page.get_by_text("教材.h5pを読み込みました")).to_be_visible()
    # Formatting that Wagtail's editor does not know is edited as HTML.
    expect(page.get_by_text("HTMLのまま編集します")).to_be_visible()
    page.get_by_label("見出し").fill("改めた教材")
    save(page)
    params = value(page)["params"]
    assert params["heading"] == "改めた教材"
    assert params["notInTheSemantics"] == {"kept": True}
    assert params["part"]["subContentId"] == "11111111-1111-4111-8111-111111111111"


def test_changing_the_type_asks_before_anything_is_lost(page: Page) -> None:
    enter_admin(page, "author")
    begin(page, "型替え")
    page.get_by_role("button", name="正誤").click()
    write(page, "設問", "書きかけの*問い")
    page.get_by_role("button", name="H5Pファイルを読み込む").wait_for()
    page.get_by_role("button", name="種類を変更").click()
    page.get_by_role("button", name="取り消し").click()
    expect(page.get_by_role("textbox", name=re.compile("^設問"))).to_contain_text("書きかけ")
    expect(page.get_by_label("名称（日本語）")).to_have_value("型替え")


def first_own_lesson(page: Page) -> str:
    """Where the first lesson that the user may change is edited."""
    for offset in range(0, 400, 20):
        pages = page.request.get(f"/admin/api/main/pages/?limit=20&offset={offset}").json()
        for item in pages["items"]:
            path = f"/admin/pages/{item['id']}/edit/"
            is_lesson = item["meta"]["type"] == "lms_course_pages.LessonPage"
            if is_lesson and page.request.get(path, max_redirects=0).ok:
                return path
    pytest.fail("the author has no lesson")


def test_a_lesson_gets_a_new_activity_and_leads_to_its_editor(page: Page) -> None:
    enter_admin(page, "author")
    page.goto(first_own_lesson(page))
    page.get_by_role("button", name=re.compile("ブロックを挿入|Insert a block")).last.click()
    page.get_by_role("option", name="H5Pアクティビティ").click()
    page.get_by_role("button", name="アクティビティを選択").click()
    page.get_by_role("tab", name="アクティビティの新規作成").click()
    modal = page.locator(".modal")
    # The course is that of the lesson already.
    expect(modal.get_by_label("研修コース")).not_to_have_value("")
    modal.get_by_label("名称（日本語）").fill("その場で作る問い")
    modal.get_by_role("button", name="作成して選択").click()
    chosen = page.locator(".chooser").filter(has_text="その場で作る問い")
    expect(chosen).to_be_visible()
    chosen.get_by_role("button").first.click()
    edit = page.locator("[data-chooser-edit-link]:visible").get_attribute("href")
    assert edit is not None
    page.goto(edit)
    editor_is_ready(page)
    expect(page.get_by_role("heading", name="アクティビティの種類を選ぶ")).to_be_visible()


def test_the_editor_fits_a_phone(page: Page, every_kind: None) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    enter_admin(page, "author")
    begin(page, "電話で編集")
    page.get_by_role("button", name="全項目の見本").click()
    page.get_by_role("button", name="質問を追加").click()
    width = page.locator("[data-h5p-editor]").evaluate(
        "element => element.scrollWidth - element.clientWidth"
    )
    assert width <= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    is_accessible(page)


HTML = [
    "<p>一行</p>",
    "<p>一<br>二</p><p>三</p>",
    "<h2>題</h2><p><strong>太<em>斜</em></strong>字</p>",
    "<ul><li>一<ul><li>二</li></ul></li><li>三</li></ul><p>終</p>",
    "<ol><li>一</li></ol><ul><li>二</li></ul>",
    '<p><a href="https://example.jp/?a=1&amp;b=2" target="_blank">先へ</a>。</p>',
    "<p>H<sub>2</sub>O &lt; 5 &amp; 10<sup>2</sup></p>",
    "<hr><blockquote>引用</blockquote><pre>a\n  b</pre>",
    "<p>𠮷野家🙂<strong>の</strong>字</p>",
]
LOST = [
    "<table><tbody><tr><td>表</td></tr></tbody></table>",
    '<p style="text-align: center">中央</p>',
    '<p>色<span style="color: red">付き</span></p>',
    "<blockquote><p>一</p><p>二</p></blockquote>",
    '<p><img src="images/a.png" alt=""></p>',
]


def test_formatted_text_comes_back_as_it_was_or_is_left_alone(
    page: Page, sign_in: Callable[[str], None]
) -> None:
    enter_admin(page, "author")
    tags = ["p", "strong", "em", "sub", "sup", "a", "h2", "ul", "ol", "hr", "blockquote", "pre"]
    back = page.evaluate(
        """async ([texts, tags]) => {
          const { fromHtml, toHtml } = await import("/static/lms_courses/h5p_editor/html_state.js");
          return texts.map((text) => {
            const state = fromHtml(text);
            return state && toHtml(state, { tags, enter: "p" });
          });
        }""",
        [HTML + LOST, tags],
    )
    assert back == HTML + [None] * len(LOST)
