"""HR's page on how far the sections are, and its reminders."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lms.notices.models import Notice
from skills_matrix.campaigns.selectors import progress_by_department
from skills_matrix.campaigns.services import open_tasks
from tests.factories import make_user
from tests.skills_matrix.campaigns.test_campaign_services import TODAY, Section

pytestmark = pytest.mark.django_db
HR = ("wagtailadmin.access_admin", "lms_skills.view_campaign", "lms_skills.change_campaign")


@pytest.fixture
def section(settings: Any) -> Section:
    found = Section(settings)
    open_tasks(on=TODAY)
    found.by_self(A=1, B=1)
    return found


def signed_in(*permissions: str) -> Client:
    client = Client()
    client.force_login(make_user(permissions=permissions))
    return client


def page_of(section: Section) -> str:
    return reverse("skills_campaigns:progress", args=[section.campaign.pk])


def test_each_section_is_counted(section: Section) -> None:
    found = {
        department.key if department else "": (row.people, row.self_open, row.head_open)
        for department, row in progress_by_department(section.campaign, TODAY)
    }
    assert found[section.department.key] == (2, 1, 2)
    assert sum(people for people, _self, _head in found.values()) == 3


def test_the_list_of_campaigns_leads_to_the_page_and_it_reminds(section: Section) -> None:
    client = signed_in(*HR)
    listed = client.get(reverse("wagtailsnippets_lms_skills_campaign:list")).text
    assert page_of(section) in listed
    assert section.department.title in client.get(page_of(section)).text
    answer = client.post(page_of(section), {"department": section.department.key}, follow=True)
    assert "2人に催促しました。" in answer.text
    kinds = set(Notice.objects.exclude(kind="assessment_open").values_list("recipient", "kind"))
    assert kinds == {
        (section.head.pk, "assessment_due"),
        (section.head.pk, "assessment_head"),
    }


def test_others_are_refused(section: Section) -> None:
    client = signed_in("wagtailadmin.access_admin")
    assert client.get(page_of(section)).status_code in {302, 403}
    assert client.post(page_of(section)).status_code in {302, 403}
    assert not Notice.objects.exclude(kind="assessment_open").exists()
