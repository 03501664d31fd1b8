"""HR's pages of business processes."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from lms.people.models import Department
from lms.starter.accounts import HR_PERMISSIONS
from skills_matrix.competencies.models import Competency
from skills_matrix.processes.models import BusinessProcess
from tests.factories import (
    make_competency,
    make_department,
    make_process,
    make_scale,
    make_user,
)

pytestmark = pytest.mark.django_db

LIST, NEW = "lms_skills_processes:index", "lms_skills_processes:add"


@pytest.fixture
def skill() -> Competency:
    make_scale()
    return make_competency(title="データを扱う")


@pytest.fixture
def tax() -> Department:
    return make_department("zeimu", title="税務課")


def signed_in(*permissions: str) -> Client:
    client = Client(headers={"accept-language": "ja"})
    client.force_login(make_user(permissions=permissions))
    return client


@pytest.fixture
def hr() -> Client:
    return signed_in(*(".".join(pair) for pair in HR_PERMISSIONS))


def sent(tax: Department, *needs: tuple[Any, Any, Any], **changes: Any) -> dict[str, Any]:
    rows = {
        f"needs-{number}-{name}": value
        for number, need in enumerate(needs)
        for name, value in zip(("competency", "level", "headcount"), need, strict=True)
    }
    return {
        "key": "KAZEI",
        "title_ja": "課税事務",
        "title_en": "",
        "department": tax.pk,
        "effective_from": "2026-04-01",
        "effective_until": "",
        "needs-TOTAL_FORMS": len(needs),
        "needs-INITIAL_FORMS": 0,
        **rows,
        **changes,
    }


def test_hr_adds_changes_and_deletes_a_process_and_each_is_logged(
    hr: Client, tax: Department, skill: Competency
) -> None:
    assert "業務はまだありません" in hr.get(reverse(LIST)).content.decode()
    page = hr.post(reverse(NEW), sent(tax, (skill.pk, 2, 3)), follow=True).content.decode()
    assert "業務を保存しました。" in page
    process = BusinessProcess.objects.get()
    assert (process.key, process.department, process.effective_from) == (
        "KAZEI",
        tax,
        date(2026, 4, 1),
    )
    assert list(process.needs.values_list("competency", "level", "headcount")) == [(skill.pk, 2, 3)]
    assert "課税事務" in hr.get(reverse(LIST)).content.decode()
    edit = reverse("lms_skills_processes:edit", args=[process.pk])
    hr.post(edit, sent(tax, (skill.pk, 2, 1), (skill.pk, 3, 0), title_ja="賦課事務"))
    process.refresh_from_db()
    assert process.title_ja == "賦課事務"
    assert list(process.needs.values_list("level", "headcount")) == [(2, 1), (3, 0)]
    hr.post(edit, {"delete": "1"})
    assert not BusinessProcess.objects.exists()
    log = ModelLogEntry.objects.filter(action="lms_skills.process_set").order_by("timestamp")
    assert [bool(row.data["after"]) for row in log] == [True, True, False]


@pytest.mark.parametrize(
    ("needs", "changes"),
    [
        ([("S", 2, 1)], {"key": "税"}),
        ([("S", 2, 1)], {"key": "TAKEN"}),
        ([("S", 2, 1)], {"title_ja": ""}),
        ([("S", 2, 1)], {"department": ""}),
        ([("S", 2, 1)], {"effective_until": "2026-04-01"}),
        ([("S", 0, 1)], {}),
        ([("S", 5, 1)], {}),
        ([("S", 2, -1)], {}),
        ([("S", 2, 10_000)], {}),
        ([("", 2, 1)], {}),
        ([("S", 2, 1), ("S", 2, 2)], {}),
    ],
)
def test_a_fault_is_said_and_nothing_is_saved(
    hr: Client,
    tax: Department,
    skill: Competency,
    needs: list[tuple[Any, Any, Any]],
    changes: dict[str, Any],
) -> None:
    make_process("TAKEN", department=tax)
    rows = [(skill.pk if one == "S" else one, *rest) for one, *rest in needs]
    page = hr.post(reverse(NEW), sent(tax, *rows, **changes)).content.decode()
    assert "保存されていません" in page
    assert BusinessProcess.objects.count() == 1


def test_whoever_may_not_manage_processes_is_sent_away(tax: Department, skill: Competency) -> None:
    other = signed_in("wagtailadmin.access_admin")
    process = make_process(department=tax)
    for address in (reverse(LIST), reverse("lms_skills_processes:edit", args=[process.pk])):
        assert other.get(address).status_code == 302
        assert other.post(address, {"delete": "1"}).status_code == 302
    assert BusinessProcess.objects.exists()
