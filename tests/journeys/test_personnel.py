"""HR's way through tomorrow's file by HTTP: hand in, look, take away, apply, undo."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from courses.models import Course
from lms.people.calendar import office_today
from lms.people.models import Department, Employee
from lms.people.selectors import main_posting_on
from lms.personnel.journal import read_tables
from lms.personnel.models import PersonnelChange
from lms.progress.models import CourseProgress
from lms.records.models import Statement
from lms.starter.accounts import HR_PERMISSIONS
from skills_matrix.frames import people_frame
from tests.factories import complete_course, make_user
from tests.lms.personnel.conftest import (
    TODAY,
    TOMORROW,
    TOMORROWS_FILE,
    file_of,
    last_day_of_the_year,
    office,
    row,
)

__all__ = ["last_day_of_the_year", "office"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
INDEX = "/admin/personnel/"


def signed_in(*permissions: str, language: str = "ja") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(make_user(permissions=permissions))
    return client


@pytest.fixture
def hr() -> Client:
    return signed_in(*(".".join(pair) for pair in HR_PERMISSIONS))


def hand_in(client: Client, file: bytes = TOMORROWS_FILE, **values: Any) -> str:
    """The address of the change."""
    response = client.post(
        INDEX,
        {
            "file": SimpleUploadedFile("明日.csv", file, "text/csv"),
            "effective_on": TOMORROW.isoformat(),
            **values,
        },
    )
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def page_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


def figure(page: str, name: str) -> str:
    return page.split(f'data-figure="{name}">')[1].split("<")[0].strip()


def test_hr_sees_applies_and_undoes_tomorrows_file(hr: Client) -> None:
    before = read_tables()
    url = hand_in(hr)
    page = page_of(hr, url)
    assert [figure(page, kind) for kind in ("join", "leave", "move", "tier")] == ["1"] * 4
    assert figure(page, "starts") == "3"
    assert "新人 一" in page
    assert "TAX課 G1級" in page
    assert read_tables() == before

    page = hr.post(url + "apply/", follow=True).content.decode()
    assert "人事異動を反映しました" in page
    assert figure(page, "state") == "反映済み"
    assert Employee.objects.filter(staff_number="200001").exists()

    page = hr.post(url + "undo/", follow=True).content.decode()
    assert figure(page, "state") == "取消済み"
    assert read_tables() == before


def test_the_list_can_be_filtered_and_taken_away(hr: Client) -> None:
    url = hand_in(hr)
    page = page_of(hr, url + "?kind=move")
    assert "職員100001" in page
    assert "新人 一" not in page
    assert "新人 一" in page_of(hr, url + "?q=新人")
    file = hr.get(url + "export/?kind=join")
    rows = list(csv.DictReader(StringIO(file.content.decode("utf-8-sig"))))
    assert [(one["職員番号"], one["名前"], one["始まる研修"]) for one in rows] == [
        ("200001", "新人 一", "講座ALL")
    ]


def test_faults_are_listed_and_nothing_can_be_applied(hr: Client) -> None:
    url = hand_in(hr, file_of(row(100001, department="NOPE")))
    page = page_of(hr, url)
    assert "NOPE" in page
    assert "所属コード" in page
    assert "apply/" not in page
    page = hr.post(url + "apply/", follow=True).content.decode()
    assert "反映できるのは" in page


def test_a_column_that_is_meant_to_be_passed_over_is_named(hr: Client) -> None:
    text = file_of(row(100001)).decode("cp932").replace("終了日\n", "終了日,電話\n")
    file = text.replace(",\n", ",,03\n").encode("cp932")
    assert figure(page_of(hr, hand_in(hr, file)), "state") == "誤りあり"
    assert figure(page_of(hr, hand_in(hr, file, ignored_columns="電話")), "state") == "反映待ち"


def test_no_file_and_no_day_are_said_beside_the_form(hr: Client) -> None:
    response = hr.post(INDEX, {"effective_on": "2020-01-01"})
    assert response.status_code == 200
    assert not PersonnelChange.objects.exists()


def test_every_look_and_every_export_is_logged(hr: Client) -> None:
    url = hand_in(hr)
    page_of(hr, url)
    hr.get(url + "export/")
    hr.post(url + "apply/")
    hr.post(url + "undo/")
    actions = list(ModelLogEntry.objects.order_by("timestamp").values_list("action", flat=True))
    assert actions == [
        f"lms_core.personnel_{action}" for action in ("viewed", "exported", "applied", "undone")
    ]
    viewer = ModelLogEntry.objects.first()
    assert viewer is not None
    assert viewer.user_id is not None


def test_reports_of_a_day_keep_the_posting_held_on_it(hr: Client) -> None:
    complete_course(Employee.objects.get(staff_number="100001"), Course.objects.get(key="TAX-1"))
    hr.post(hand_in(hr) + "apply/")
    people = Employee.objects.filter(staff_number="100001")
    held = {
        day: Department.objects.get(pk=people_frame(people, day)["department_id"].iloc[0]).key
        for day in (TODAY, TOMORROW)
    }
    assert held == {TODAY: "TAX", TOMORROW: "INS"}
    done = CourseProgress.objects.get(employee=people[0], course__key="TAX-1")
    assert done.completed_at is not None
    statement = Statement.objects.get(employee=people[0])
    posting = main_posting_on(people[0], office_today(statement.timestamp))
    assert posting is not None
    assert posting.department.key == "TAX"


@pytest.mark.parametrize("part", ["", "export/", "apply/", "undo/"])
def test_names_are_for_hr_only(hr: Client, part: str) -> None:
    url = hand_in(hr)
    before = read_tables()
    for permissions in (
        ["wagtailadmin.access_admin"],
        ["wagtailadmin.access_admin", "lms_core.view_all_employees"],
        ["wagtailadmin.access_admin", "lms_core.add_personnelchange"],
    ):
        other = signed_in(*permissions)
        ask = other.post if part in ("apply/", "undo/") else other.get
        response = ask(url + part)
        assert response.status_code == 302
        assert response["Location"] == reverse("wagtailadmin_home")
        assert reverse("personnel:index") not in other.get("/admin/").content.decode()
    assert read_tables() == before


def test_the_pages_speak_english_too() -> None:
    client = signed_in(*(".".join(pair) for pair in HR_PERMISSIONS), language="en")
    page = page_of(client, hand_in(client))
    assert "Training that carries over" in page
    assert "ready to be applied" in page


def test_a_spreadsheet_runs_nothing_of_the_export(hr: Client) -> None:
    url = hand_in(hr, file_of(row(200001, name="=1+1")))
    assert "'=1+1" in hr.get(url + "export/").content.decode("utf-8-sig")
