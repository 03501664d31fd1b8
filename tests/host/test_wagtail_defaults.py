import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, Site, Workflow, WorkflowPage

from host.wagtail_defaults import DEFAULT_TITLE, replace_wagtail_defaults
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def test_nothing_english_of_wagtails_is_left_in_a_new_database() -> None:
    replace_wagtail_defaults(site_name="DX Academy")
    assert Site.objects.get(is_default_site=True).site_name == "DX Academy"
    assert not Page.objects.filter(title=DEFAULT_TITLE).exists()
    assert not Workflow.objects.active().exists()
    assert not WorkflowPage.objects.exists()
    assert not Group.objects.exists()
    replace_wagtail_defaults(site_name="DX Academy")


def test_a_group_that_somebody_is_in_stays() -> None:
    make_user("m").groups.add(Group.objects.get(name="Moderators"))
    replace_wagtail_defaults(site_name="DX Academy")
    assert [group.name for group in Group.objects.all()] == ["Moderators"]
