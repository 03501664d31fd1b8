"""A browser that says more than was answered gets nothing for it."""

import json
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_first_light import CONTENT, answer, result_of

pytestmark = pytest.mark.browser

LEARNER = "001017"
COURSE = tomllib.loads((CONTENT / "C109.toml").read_text(encoding="utf-8"))
LESSON = COURSE["lessons"][0]
QUESTION = LESSON["activities"][0]
FULL = {"score": {"min": 0, "max": 1, "raw": 1, "scaled": 1}, "success": True, "completion": True}


def test_a_claimed_full_score_with_a_wrong_answer_completes_nothing(
    page: Page, sign_in: Callable[[str], None]
) -> None:
    claimed: list[Any] = []

    def forge(route: Route) -> None:
        said = json.loads(route.request.post_data or "[]")
        for statement in said if isinstance(said, list) else [said]:
            if "response" in statement.get("result", {}):
                statement["result"] |= FULL
                claimed.append(statement)
        route.continue_(post_data=json.dumps(said))

    page.route("**/api/v1/xapi/statements*", forge)
    sign_in(LEARNER)
    page.goto(f"/courses/{COURSE['key']}/lessons/{LESSON['key']}")
    answer(page, QUESTION, rightly=False)
    expect(result_of(page, QUESTION)).to_contain_text("未合格")
    assert claimed
    page.reload()
    expect(result_of(page, QUESTION)).to_contain_text("未合格")
    detail = page.request.get(f"/api/v1/courses/{COURSE['key']}/").json()
    assert detail["progress"]["done"] == 0
    assert detail["completed_at"] is None
