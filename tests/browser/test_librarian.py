"""The librarian's way: install a bundle, see its use, upgrade content, remove the unused."""

import re
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_first_light import CONTENT
from tests.courses.h5p.greeting import UPGRADED_PARAMS, greeting_package, new_version
from tests.courses.h5p.packages import library_folder, pack

pytestmark = pytest.mark.browser

# The last lesson ends in a data exercise.
# No other test plays this course: what is put there stays there.
COURSE = tomllib.loads((CONTENT / "C208.toml").read_text(encoding="utf-8"))
ACTIVITY = [item for lesson in COURSE["lessons"] for item in lesson["activities"]][-1]
SPARE = library_folder("H5P.Spare 1.0", title="使わない教材")


def install(page: Page, files: dict[str, bytes], name: str) -> None:
    """Uploads a bundle as far as its preview."""
    page.get_by_label("H5Pファイル").set_input_files(
        {"name": name, "mimeType": "application/zip", "buffer": pack(files).getvalue()}
    )
    page.get_by_role("button", name="導入される内容を確認する").click()
    expect(page.get_by_role("heading", name="導入される内容")).to_be_visible()


def test_the_librarian_installs_upgrades_and_removes(
    page: Page,
    sign_in_to_admin: Callable[[str], None],
    is_accessible: Callable[[], None],
    on_site: Callable[..., Any],
) -> None:
    sign_in_to_admin("librarian")
    menu = page.get_by_role("navigation", name="メインメニュー")
    menu.get_by_role("link", name="H5Pライブラリ").click()
    question = page.get_by_role("row").filter(has_text="H5P.TrueFalse")
    expect(question).to_contain_text("コンテンツタイプ")
    expect(question).to_contain_text("MIT")
    is_accessible()

    # A bundle: what is in it is shown first, the bad library with its reason.
    page.get_by_role("link", name="導入する").click()
    is_accessible()
    broken = library_folder("H5P.Broken 1.0", title=None)
    install(page, greeting_package() | new_version() | SPARE | broken, "greeting.h5p")
    refused = page.get_by_role("row").filter(has_text="H5P.Broken-1.0")
    expect(refused).to_contain_text("導入できません")
    expect(refused).to_contain_text("library.json")
    is_accessible()
    page.get_by_role("button", name=re.compile("^導入する")).click()
    expect(page.get_by_text(re.compile("導入しました：.*H5P.Greeting 1.2.3"))).to_be_visible()

    # Somebody puts content of the older version into a published activity.
    file = pack(greeting_package()).getvalue().hex()
    on_site("put_content_into_activity", file, COURSE["key"], ACTIVITY["key"])
    page.goto("/admin/h5p-libraries/?q=Greeting")
    page.get_by_role("row").filter(has_text="1.0.3").get_by_role("link", name="あいさつ").click()
    use = page.get_by_role("row").filter(has_text=ACTIVITY["title_ja"])
    expect(use).to_contain_text(COURSE["title_ja"])
    expect(use).to_contain_text("公開中")
    expect(page.get_by_text("新しいバージョンが導入されています")).to_be_visible()
    is_accessible()

    # Upgrade, with both versions playing side by side.
    page.get_by_role("link", name="コンテンツを更新する").click()
    row = page.get_by_role("row").filter(has_text="朝のあいさつ").first
    expect(row).to_contain_text("未実行")
    page.get_by_role("button", name="更新を試す").click()
    expect(row).to_contain_text("更新できます", timeout=40_000)
    expect(page.get_by_text("終わりました。成功1件、失敗0件")).to_be_visible()
    row.get_by_role("button", name=re.compile("前後を比べる")).click()
    before = page.frame_locator('iframe[title^="更新前"]')
    after = page.frame_locator('iframe[title^="更新後"]')
    expect(before.locator(".h5p-greeting")).to_have_text("おはようございます 春")
    expect(after.locator(".h5p-greeting")).to_have_text("おはようございます（改） 春")
    changes = page.get_by_role("table").filter(has_text="更新前").last
    expect(changes).to_contain_text("おはようございます（改）")
    is_accessible()
    assert on_site("content_of", COURSE["key"], ACTIVITY["key"])["draft"] == "H5P.Greeting 1.0.3"
    page.get_by_role("button", name="選んだものを下書きにする").click()
    expect(page.get_by_text("下書きを新しいバージョンにしました")).to_be_visible()
    is_accessible()
    kept = on_site("content_of", COURSE["key"], ACTIVITY["key"])
    assert (kept["live"], kept["draft"]) == ("H5P.Greeting 1.0.3", "H5P.Greeting 1.2.3")
    assert kept["params"]["shown"] == UPGRADED_PARAMS["shown"]

    # Remove what nothing uses; what is in use is not offered.
    page.goto("/admin/h5p-libraries/remove/")
    expect(page.get_by_role("row").filter(has_text="H5P.Greeting")).to_have_count(0)
    is_accessible()
    page.get_by_role("checkbox", name=re.compile("使わない教材")).check()
    page.get_by_role("button", name="削除される内容を確認する").click()
    expect(page.get_by_role("listitem").filter(has_text="H5P.Spare 1.0.3")).to_be_visible()
    is_accessible()
    page.locator("button[name=confirm]").click()
    expect(page.get_by_text(re.compile("削除しました：.*H5P.Spare 1.0.3"))).to_be_visible()
    page.goto("/admin/h5p-libraries/?q=Spare")
    expect(page.get_by_role("row").filter(has_text="H5P.Spare")).to_have_count(0)

    # Without internet the Hub says so, and what to do instead.
    page.goto("/admin/h5p-libraries/hub/")
    expect(page.get_by_text("このサイトではH5P Hubを使いません")).to_be_visible()
    is_accessible()


def test_a_script_that_never_answers_is_given_up_and_said(
    page: Page, sign_in_to_admin: Callable[[str], None], on_site: Callable[..., Any]
) -> None:
    hanging = "var H5PUpgrades = {'H5P.Greeting': {1: {2: function () {}}}};"
    files = {
        name.replace("H5P.Greeting", "H5P.Hanging"): data.replace(b"H5P.Greeting", b"H5P.Hanging")
        for name, data in (greeting_package() | new_version(upgrades=hanging)).items()
    }
    sign_in_to_admin("librarian")
    page.goto("/admin/h5p-libraries/install/")
    install(page, files, "hanging.h5p")
    page.get_by_role("button", name=re.compile("導入する")).click()
    lesson = COURSE["lessons"][0]
    on_site(
        "put_content_into_activity",
        pack(files).getvalue().hex(),
        COURSE["key"],
        lesson["activities"][-1]["key"],
    )
    page.goto("/admin/h5p-libraries/?q=Hanging")
    page.get_by_role("row").filter(has_text="1.0.3").get_by_role("link", name="あいさつ").click()
    page.get_by_role("link", name="コンテンツを更新する").click()
    page.clock.install()
    page.get_by_role("button", name="更新を試す").click()
    page.wait_for_timeout(3_000)
    page.clock.run_for(31_000)
    expect(page.get_by_text("時間内に応答がありませんでした")).to_be_visible()
    expect(page.get_by_role("button", name="選んだものを下書きにする")).to_be_disabled()
