"""A section head looks after the section, with the keyboard or on a phone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

HEAD, COURSE = "001073", "C106"


@pytest.fixture
def late(on_site: Callable[..., Any]) -> str:
    """Name of somebody in the section whose course is overdue."""
    name: str = on_site("make_late", HEAD, COURSE)
    return name


def test_a_late_person_is_reminded_with_the_keyboard_alone(
    page: Page,
    late: str,
    sign_in: Callable[[str], None],
    keyboard: Callable[..., None],
    is_accessible: Callable[[], None],
) -> None:
    sign_in(HEAD)
    expect(page.get_by_role("heading", level=1, name="研修")).to_be_visible()
    page.wait_for_load_state("networkidle")
    keyboard("所属の受講状況")
    expect(page.get_by_role("heading", level=1, name="所属の受講状況")).to_be_visible()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=late)).first
    expect(row).to_contain_text("1日超過")
    is_accessible()

    keyboard("氏名・フリガナ・職員番号", "")
    page.keyboard.insert_text(late)
    page.keyboard.press("Enter")
    page.wait_for_url("**person=**")
    expect(page.get_by_role("rowheader").first).to_contain_text(late)
    keyboard(f"受講を促す：{late}さん", "Space")
    told = page.get_by_role("main").get_by_text(re.compile("受講のお願いを送りました|本日はすでに"))
    expect(told).to_be_visible()
    is_accessible()


def test_the_section_fits_a_phone(
    late: str, sign_in: Callable[[str], None], fits_a_phone: Callable[[str], None]
) -> None:
    assert late
    sign_in(HEAD)
    fits_a_phone("/team")
    fits_a_phone("/team?state=overdue")
    fits_a_phone("/team?person=だれもいない")
