"""My record, and whoever checks a certificate of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LEARNER, COURSE = "001017", "C105"


@pytest.fixture
def code(on_site: Callable[..., Any]) -> str:
    """Of the learner's certificate."""
    written: str = on_site("certify", LEARNER, COURSE)
    return written


def test_a_certificate_in_my_record_is_there_to_be_checked_by_anybody(
    page: Page, code: str, sign_in: Callable[[str], None], is_accessible: Callable[[], None]
) -> None:
    sign_in(LEARNER)
    page.get_by_role("link", name="受講記録").click()
    expect(page.get_by_role("heading", level=1, name="わたしの受講記録")).to_be_visible()
    check = page.get_by_role("link", name=re.compile("の修了証 確認ページ"))
    expect(check).to_be_visible()
    is_accessible()
    with page.expect_download() as file:
        page.get_by_role("link", name="CSVでダウンロード").click()
    assert file.value.suggested_filename.startswith("record-")

    page.context.clear_cookies()
    check.click()
    expect(page.get_by_text("この修了証は有効です")).to_be_visible()
    expect(page.get_by_text(code)).to_be_visible()
    is_accessible()
    page.goto("/verify/ABCD-EFGH-JKLM")
    expect(page.get_by_text("このコードの修了証はありません。")).to_be_visible()
    is_accessible()


def test_record_and_verification_fit_a_phone(
    code: str, sign_in: Callable[[str], None], fits_a_phone: Callable[[str], None]
) -> None:
    sign_in(LEARNER)
    fits_a_phone("/record")
    fits_a_phone(f"/verify/{code}")


def test_a_calendar_address_is_made_and_revoked_with_the_keyboard(
    page: Page, sign_in: Callable[[str], None], keyboard: Callable[..., None]
) -> None:
    sign_in(LEARNER)
    page.goto("/record")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    keyboard("購読用アドレスを発行")
    expect(page.get_by_label("購読用アドレス", exact=True)).to_have_value(re.compile(r"\.ics$"))
    keyboard("購読用アドレスを取り消す", "Space")
    expect(page.get_by_role("button", name="購読用アドレスを発行")).to_be_visible()
