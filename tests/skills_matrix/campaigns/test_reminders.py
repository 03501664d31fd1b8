"""People are told that a campaign has begun, that it ends soon, and when HR asks for it."""

from datetime import timedelta
from typing import Any

import pytest

from lms.notices.kinds import notice_path, notice_text
from lms.notices.models import Notice
from skills_matrix.campaigns.models import Campaign
from skills_matrix.campaigns.services import (
    open_tasks,
    remind_of_campaign,
    remind_of_campaigns,
)
from tests.factories import make_department
from tests.skills_matrix.campaigns.test_campaign_services import TODAY, Section

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(settings: Any) -> Section:
    found = Section(settings)
    open_tasks(on=TODAY)
    return found


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_everybody_asked_is_told_once_and_where_to_go(section: Section) -> None:
    open_tasks(on=TODAY)
    notices = Notice.objects.filter(kind="assessment_open")
    assert notices.count() == 3
    notice = notices.get(recipient=section.member)
    assert notice_path(notice) == "/assessments/FY/self"
    assert "スキル評価" in notice_text(notice)


def test_near_the_end_whoever_is_late_is_told_once_and_their_head(section: Section) -> None:
    section.by_self(A=1, B=1)
    assert remind_of_campaigns(on=TODAY) == 3
    assert told("assessment_due") == {section.head.pk, section.other.pk}
    assert told("assessment_head") == {section.head.pk}
    assert remind_of_campaigns(on=TODAY + timedelta(days=1)) == 0


def test_long_before_the_end_nobody_is_told(section: Section) -> None:
    Campaign.objects.update(due_on=TODAY + timedelta(days=30))
    assert remind_of_campaigns(on=TODAY) == 0


def test_hr_reminds_one_section_once_a_day(section: Section) -> None:
    by_hr: dict[str, Any] = {"campaign": section.campaign, "on": TODAY, "occasion": TODAY}
    assert remind_of_campaign(department=make_department(), **by_hr) == 0
    assert remind_of_campaign(department=section.department, **by_hr) == 3
    assert told("assessment_due") == {section.head.pk, section.member.pk}
    assert remind_of_campaign(department=section.department, **by_hr) == 0


def test_who_has_done_their_part_is_left_alone(section: Section) -> None:
    section.by_self(A=1, B=1)
    section.by_head(section.member, A=1, B=1)
    remind_of_campaign(
        campaign=section.campaign, department=section.department, on=TODAY, occasion=TODAY
    )
    # The head is late with the own part; nobody below waits.
    assert told("assessment_due") == {section.head.pk}
    assert told("assessment_head") == set()


def test_when_it_is_over_nobody_is_reminded(section: Section) -> None:
    Campaign.objects.update(due_on=TODAY - timedelta(days=1))
    section.campaign.refresh_from_db()
    assert remind_of_campaign(campaign=section.campaign, on=TODAY, occasion=TODAY) == 0
