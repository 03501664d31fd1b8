"""The list of duties as HR uses it: narrowed, sorted, explained, taken away as a file."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from lms.access.models import RecordView
from lms.enrolment.models import Assignment
from lms.enrolment.rules.services import evaluate_rules
from lms.starter.accounts import HR_PERMISSIONS
from tests.factories import make_audience_rule, make_course, make_employee, make_user
from tests.lms.duties.conftest import Desk, figures_in, names_in, text_of

LIST = "/admin/duties/"


def test_everybody_with_a_duty_stands_in_the_list_with_the_state(desk: Desk, hr: Client) -> None:
    page = text_of(hr.get(LIST))
    assert names_in(page) == ["late", "idle", "soon", "away", "done"]
    assert figures_in(page) == {
        "current": 5,
        "overdue": 2,
        "soon": 1,
        "open": 1,
        "done": 1,
        "exempt": 1,
        "ended": 0,
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("state=overdue", ["late", "idle"]),
        ("state=soon", ["soon"]),
        ("state=soon&within=9", []),
        ("state=open", ["soon"]),
        ("state=done", ["done"]),
        ("state=exempt", ["away"]),
        ("state=ended", []),
        ("state=overdue&sort=-due", ["idle", "late"]),
        ("sort=-person", ["away", "done", "soon", "idle", "late"]),
        ("course=C1&state=overdue", ["late", "idle"]),
        ("course=C2", []),
        ("department=D04&state=done", ["done"]),
        ("department=D0402&tier=G2&state=done", ["done"]),
        ("tier=G9", []),
        ("department=D99", []),
        ("person=000102", ["soon"]),
        ("person=イ", ["idle"]),
        # What an address cannot mean is left out.
        ("state=nonsense&sort=nonsense&within=-1", ["late", "idle", "soon", "away", "done"]),
    ],
)
def test_the_list_is_narrowed_and_sorted(
    desk: Desk, hr: Client, query: str, names: list[str]
) -> None:
    assert names_in(text_of(hr.get(f"{LIST}?{query}"))) == names


def test_each_row_says_why_the_person_must_and_why_it_is_late(desk: Desk, hr: Client) -> None:
    page = text_of(hr.get(f"{LIST}?state=overdue"))
    assert "所属：区民部（課・係を含む） かつ 職層：主任" in page
    assert "「レッスンL1」" in page
    assert "まだ始めていません" in page
    assert "1 / 4" in page


def test_learning_of_an_earlier_period_does_not_count_as_done(desk: Desk, hr: Client) -> None:
    Assignment.objects.filter(employee=desk.people["done"]).update(
        completed_at=None,
        counts_from=timezone.now() + timedelta(hours=1),
        due_on=desk.today - timedelta(days=1),
    )
    page = text_of(hr.get(f"{LIST}?state=overdue&person=エ"))
    assert "0 / 4" in page
    assert "まだ始めていません" in page


def test_who_left_the_audience_is_among_the_ended_only(desk: Desk, hr: Client) -> None:
    posting = desk.people["soon"].postings.get()
    posting.ends_on = desk.today
    posting.save()
    evaluate_rules(on=desk.today)
    assert "soon" not in names_in(text_of(hr.get(LIST)))
    page = text_of(hr.get(f"{LIST}?state=ended"))
    assert names_in(page) == ["soon"]
    assert "在籍なし" in page


def test_a_list_without_rows_says_what_to_do(desk: Desk, hr: Client) -> None:
    Assignment.objects.all().delete()
    assert "必修の研修がある職員はまだいません" in text_of(hr.get(LIST))
    assert "絞り込みを解除" in text_of(hr.get(f"{LIST}?state=overdue"))


def test_looking_is_logged_for_everybody_shown(desk: Desk, hr: Client) -> None:
    hr.get(f"{LIST}?state=overdue")
    seen = RecordView.objects.filter(what="duties").values_list("subject__staff_number", flat=True)
    assert sorted(seen) == ["000100", "000101"]


def test_the_files_hold_exactly_the_rows_of_the_filters(desk: Desk, hr: Client) -> None:
    query = "state=overdue&sort=-due"
    answer = hr.get(f"{LIST}file/duties.csv?{query}")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["職員番号"] for row in rows] == ["000101", "000100"]
    assert rows[1]["所属"] == "区民部 / 税務課"
    assert rows[1]["状況"] == "期限超過"
    assert rows[1]["期限"] == (desk.today - timedelta(days=5)).isoformat()
    assert "「レッスンL1」" in rows[1]["遅れている理由"]
    book = load_workbook(io.BytesIO(hr.get(f"{LIST}file/duties.xlsx?{query}").content))
    cells = [[cell or "" for cell in row] for row in book.active.iter_rows(values_only=True)]
    assert [str(cell) for cell in cells[2]] == list(rows[1].values())
    assert RecordView.objects.filter(what="duties.file").count() == 4
    assert hr.get(f"{LIST}file/duties.exe").status_code == 404


def test_a_name_that_looks_like_a_formula_is_text_in_the_files(desk: Desk, hr: Client) -> None:
    person = desk.people["late"]
    person.name = '=HYPERLINK("x")'
    person.save()
    assert "'=HYPERLINK" in hr.get(f"{LIST}file/duties.csv?state=overdue").content.decode()


def test_the_number_of_queries_does_not_grow_with_people_and_courses(
    desk: Desk, hr: Client, django_assert_max_num_queries: Any
) -> None:
    def count() -> int:
        with django_assert_max_num_queries(100) as captured:
            hr.get(LIST)
        return len(captured)

    hr.get(LIST)
    few = count()
    for number in range(3):
        make_audience_rule(make_course(f"M{number}"), is_mandatory=True)
    for _ in range(10):
        make_employee(department=desk.section, has_user=False)
    evaluate_rules(on=desk.today)
    assert len(names_in(text_of(hr.get(LIST)))) >= 5
    assert count() == few


def test_a_long_list_has_pages(desk: Desk, hr: Client) -> None:
    make_audience_rule(desk.other, is_mandatory=True)
    for _ in range(60):
        make_employee(department=desk.section, has_user=False)
    evaluate_rules(on=desk.today)
    page = text_of(hr.get(f"{LIST}?course=C2&p=2"))
    assert "2 / 2" in page
    assert "?course=C2&amp;p=1" in page


PAGES = (
    ("index", ()),
    ("file", ("csv",)),
    ("extend", ()),
    ("nudge", ()),
    ("extensions", ()),
    ("exemptions", ()),
    ("exempt", ()),
    ("namings", ()),
    ("name_people", ()),
)


@pytest.mark.parametrize("missing", [("lms_core", "change_audiencerule"), None])
@pytest.mark.parametrize(("name", "arguments"), PAGES)
def test_only_who_orders_and_sees_people_has_the_desk(
    desk: Desk, name: str, arguments: tuple[str, ...], missing: Any
) -> None:
    """Without the right to give orders, or without seeing everybody."""
    lacking = missing or ("lms_core", "view_all_employees")
    client = Client()
    client.force_login(
        make_user(
            "half", permissions=[".".join(pair) for pair in HR_PERMISSIONS if pair != lacking]
        )
    )
    for answer in (
        client.get(reverse(f"duties:{name}", args=arguments)),
        client.post(reverse(f"duties:{name}", args=arguments)),
    ):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")
    assert "/admin/duties/" not in text_of(client.get("/admin/"))
