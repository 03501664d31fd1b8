"""The employee's and HR's way through the product, by role and label, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LEARNER = "100001"


def test_an_answered_question_reaches_the_matrix(
    page: Page, sign_in: Callable[[str], None], is_accessible: Callable[[], None]
) -> None:
    page.goto("/login")
    is_accessible()
    sign_in(LEARNER)

    # My courses, by tier and role, with due dates and progress.
    expect(page.get_by_role("heading", name="やること")).to_be_visible()
    expect(page.get_by_text(re.compile("期限 ")).first).to_be_visible()
    expect(page.get_by_role("progressbar").first).to_be_visible()
    is_accessible()

    # Open one, read a lesson, answer its question: the bar moves.
    page.get_by_role("link", name=re.compile("RPA実践")).first.click()
