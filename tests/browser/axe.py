"""axe: the rules of WCAG 2.x A and AA and its best practices."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Only what is wrong is told in full: all that passes would be most of what a test sends about.
OPTIONS = {"iframes": False, "resultTypes": ["violations"]}


def axe_finds_nothing(page: Page, *, part: str | None = None, **options: Any) -> None:
    """On what is shown now, or on one part of it."""
    found = Axe().run(page, context=part, options=OPTIONS | options)
    assert found.violations_count == 0, found.generate_report()
