"""The learning plan: made for a project, late and mended by both ways out, and enrolled from."""

import os
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from lms.people.calendar import office_today

pytestmark = pytest.mark.browser

HR = "001017"
# Nobody whom another test knows.
ME = "001181"


@pytest.fixture
def my_pages(page: Page, on_site: Callable[..., Any], sign_in: Callable[[str], None]) -> Page:
    on_site("give_account", ME)
    sign_in(ME)
    return page


@pytest.fixture
def look(page: Page) -> Callable[[str], None]:
    """Keeps a picture, where a folder for them is named."""

    def keep(name: str) -> None:
        folder = os.environ.get("LMS_PICTURES")
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return keep


def asked(page: Page, query: str) -> Any:
    return page.request.get(f"/api/v1/plans/{query}", headers={"Accept-Language": "ja"}).json()


def project_with_courses(page: Page) -> tuple[dict[str, str], Any]:
    """A project for which the person has more than one course to take, and something beyond."""
    for project in asked(page, "choices/")["projects"]:
        plan = asked(page, f"me/?project={project['key']}")
        if len(plan["steps"]) > 1 and any(row["state"] == "left" for row in plan["goals"]):
            return project, plan
    pytest.fail("no project of the demo asks for two courses")


def japanese(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.year}年{found.month}月{found.day}日"


def test_a_plan_is_made_for_a_project_and_enrolled_from(
    my_pages: Page, is_accessible: Callable[[], None], look: Callable[[str], None]
) -> None:
    page = my_pages
    project, plan = project_with_courses(page)
    page.goto("/skills")
    page.get_by_role("link", name="学習計画を立てる", exact=True).click()
    expect(page.get_by_text("目指すプロジェクトまたは役割を選び")).to_be_visible()
    is_accessible()
    look("plan_empty")
    page.get_by_label("目指すプロジェクト・役割").select_option(label=project["title"])
    page.get_by_role("button", name="計画を作成する").press("Enter")
    heading = page.get_by_role("heading", level=2, name=f"「{project['title']}」に向けた計画")
    expect(heading).to_be_visible()
    expect(page.get_by_text(f"{japanese(plan['ends_on'])}に終わる見込みです")).to_be_visible()

    steps = page.locator("[data-course]")
    expect(steps).to_have_count(len(plan["steps"]))
    for shown, step in zip(steps.all(), plan["steps"], strict=True):
        expect(shown).to_have_attribute("data-course", step["course"]["key"])
        expect(shown.get_by_role("link", name=step["course"]["title"], exact=True)).to_be_visible()
        for closed in step["closes"]:
            expect(shown).to_contain_text(closed["competency"]["title"])
    for goal in plan["goals"]:
        row = page.get_by_role("row").filter(has_text=goal["competency"]["title"])
        text = {"met": "満たしている", "closes": "研修で到達", "left": "研修では届かない"}
        expect(row.first).to_contain_text(text[goal["state"]])
    is_accessible()
    look("plan")

    free = next(step for step in plan["steps"] if not step["is_taking"] and not step["after"])
    title = free["course"]["title"]
    page.get_by_role("button", name=f"受講する：{title}").click()
    shown = page.locator(f'[data-course="{free["course"]["key"]}"]')
    expect(shown.get_by_text("受講中")).to_be_visible()
    again = asked(page, f"me/?project={project['key']}")["steps"]
    assert [step["is_taking"] for step in again if step["course"]["title"] == title] == [True]
    shown.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def test_a_day_that_cannot_be_met_offers_two_ways_out(
    my_pages: Page, is_accessible: Callable[[], None], look: Callable[[str], None]
) -> None:
    page = my_pages
    project, _ = project_with_courses(page)
    address = f"/plan?project={project['key']}&hours_per_week=1"
    soon = str(office_today() + timedelta(days=2))
    plan = asked(page, f"me/?project={project['key']}&hours_per_week=1&before={soon}")
    assert not plan["is_in_time"]
    page.goto(f"{address}&before={soon}")
    expect(
        page.get_by_text(f"この学習時間では、{japanese(soon)}までに終わりません")
    ).to_be_visible()
    is_accessible()
    look("plan_late")
    page.get_by_role("link", name=f"期限を{japanese(plan['ends_on'])}にする").click()
    expect(page.get_by_text(f"{japanese(plan['ends_on'])}までに終わります")).to_be_visible()
    expect(page.get_by_label("いつまでに（任意）")).to_have_value(plan["ends_on"])
    page.go_back()
    hours = plan["hours_needed"]
    page.get_by_role("link", name=f"1週間の学習時間を{hours}時間にする").click()
    expect(page.get_by_text(f"{japanese(soon)}までに終わります")).to_be_visible()
    expect(page.get_by_label("1週間の学習時間（時間）")).to_have_value(str(hours))


def test_the_project_and_the_suggestions_lead_to_the_plan(my_pages: Page) -> None:
    page = my_pages
    project, _ = project_with_courses(page)
    title = project["title"]
    page.goto(f"/projects/{project['key']}")
    page.get_by_role("link", name=f"学習計画を立てる：{title}").click()
    expect(page.get_by_role("heading", level=2, name=f"「{title}」に向けた計画")).to_be_visible()
    page.goto("/suggestions")
    page.get_by_role("link", name="学習計画を立てる：").first.click()
    expect(page.get_by_role("heading", level=1, name="学習計画")).to_be_visible()
    page.goto("/plan?project=NOWHERE")
    expect(page.get_by_role("alert")).to_contain_text("選び直してください")


def test_hr_plans_with_a_member_and_enrols_nobody(
    page: Page, sign_in: Callable[[str], None], is_accessible: Callable[[], None]
) -> None:
    sign_in(HR)
    page.goto(f"/people/{ME}/suggestions")
    link = page.get_by_role("link", name=re.compile("^学習計画を立てる：")).first
    title = str(link.get_attribute("aria-label")).removeprefix("学習計画を立てる：")
    link.click()
    plan = asked(page, f"people/{ME}/?{urlsplit(page.url).query}")
    heading = f"{plan['person']['name']}さんの「{title}」に向けた計画"
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.locator("[data-course]")).to_have_count(len(plan["steps"]))
    expect(page.get_by_role("button", name=re.compile("^受講する"))).to_have_count(0)
    is_accessible()


def test_the_plan_fits_a_phone(
    my_pages: Page, fits_a_phone: Callable[[str], None], look: Callable[[str], None]
) -> None:
    project, _ = project_with_courses(my_pages)
    soon = office_today() + timedelta(days=2)
    fits_a_phone(f"/plan?project={project['key']}&before={soon}")
    look("plan_phone")
