import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Workflow

from courses.pages.models import CourseSectionPage

pytestmark = pytest.mark.django_db


def test_an_office_gets_its_course_tree_and_groups_by_one_command() -> None:
    for _time in range(2):
        call_command("set_up_authoring", section=["業務改革", "データ"], verbosity=0)
    assert [page.title for page in CourseSectionPage.objects.order_by("path")] == [
        "業務改革",
        "データ",
    ]
    names = set(Group.objects.values_list("name", flat=True))
    assert {
        "研修コースの著者: 業務改革",
        "研修コースの著者: データ",
        "研修コースの審査担当",
        "H5Pライブラリ管理者",
    } <= names
    assert Workflow.objects.filter(workflow_pages__page__title="研修コース").count() == 1
