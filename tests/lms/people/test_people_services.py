import io
import logging
import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from lms.exceptions import AccountTaken
from lms.people.import_report import ImportReport
from lms.people.models import Department, Employee, EmploymentType, JobTier, Posting, Role
from lms.people.services import (
    import_departments,
    import_office,
    import_people,
    link_account,
)

AS_OF = date(2026, 6, 1)
HEADER = (
    "職員番号,氏名,フリガナ,職層コード,所属コード,発令日,役割コード,メール,終了日,兼務所属コード"
)
KEN = "000123,熊谷 健,クマガイ ケン,G2,0404,2024-04-01,LDR,ken@sakura.example,,"
HANA = "000124,髙橋 花子,タカハシ ハナコ,G3,0402,令和６年４月１日,,,,0404"


def take(*lines: str, encoding: str = "utf-8", **options: Any) -> ImportReport:
    file = io.BytesIO("\r\n".join([HEADER, *lines]).encode(encoding))
    return import_people(file=file, **{"as_of": AS_OF, **options})


def take_departments(*lines: str, **options: Any) -> ImportReport:
    header = "コード,名称,名称（英語）,親コード,担当施策"
    return import_departments(file=io.BytesIO("\n".join([header, *lines]).encode()), **options)


def stored() -> list[tuple[object, ...]]:
    """Everything an import writes, without row ids."""
    return [
        *Employee.objects.order_by("pk").values_list("staff_number", "name", "kana", "email"),
        *Posting.objects.order_by("employee", "starts_on", "is_main", "department").values_list(
            "employee__staff_number",
            "department__key",
            "tier__key",
            "is_main",
            "starts_on",
            "ends_on",
        ),
        *Posting.roles.through.objects.order_by("posting__starts_on", "role__key").values_list(
            "posting__employee__staff_number", "posting__starts_on", "role__key"
        ),
        *Department.objects.order_by("key").values_list("key", "title_ja", "parent__key"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_people_are_taken_from_every_encoding_with_their_zeros_and_rare_characters(
    office: None, encoding: str
) -> None:
    report = take(KEN, HANA, encoding=encoding)
    assert not report.is_refused
    assert report.is_written
    hana = Employee.objects.get(staff_number="000124")
    assert (hana.name, hana.kana) == ("髙橋 花子", "タカハシ ハナコ")
    assert hana.user is None
    main = hana.postings.get(is_main=True)
    assert (main.department.key, main.tier.key) == ("0402", "G3")
    assert (main.starts_on, main.ends_on) == (date(2024, 4, 1), None)
    assert hana.postings.get(is_main=False).department.key == "0404"
    ken = Employee.objects.get(staff_number="000123")
    assert ken.email == "ken@sakura.example"
    assert [role.key for role in ken.postings.get().roles.all()] == ["LDR"]


def test_english_column_names_mean_the_same(office: None) -> None:
    file = io.BytesIO(
        "staff_number,name,kana,tier,department,starts_on,ends_on\n"
        "000123,熊谷 健,ｸﾏｶﾞｲ ｹﾝ,G2,0404,R6.4.1,2027/3/31\n".encode()
    )
    assert not import_people(file=file, as_of=AS_OF).is_refused
    posting = Posting.objects.get(employee__kana="クマガイ ケン")
    assert posting.ends_on == date(2027, 4, 1)


def test_the_same_file_twice_changes_nothing(office: None) -> None:
    first = take(KEN, HANA)
    before = stored()
    second = take(KEN, HANA)
    assert (first.rows, len(first.changes)) == (2, 5)
    assert (second.rows, second.changes) == (2, ())
    assert stored() == before


def test_a_move_keeps_history(office: None) -> None:
    take(KEN)
    take("000123,熊谷 健,クマガイ ケン,G3,0103,2026-04-01,ICT;DAT,ken@sakura.example,,")
    old, new = Posting.objects.order_by("starts_on")
    assert (old.department.key, old.tier.key, old.ends_on) == ("0404", "G2", date(2026, 4, 1))
    assert [role.key for role in old.roles.all()] == ["LDR"]
    assert (new.department.key, new.tier.key, new.ends_on) == ("0103", "G3", None)
    assert [role.key for role in new.roles.order_by("key")] == ["DAT", "ICT"]
    assert not take(KEN.replace("ken@sakura.example,,", "ken@sakura.example,,")).changes


def test_the_same_day_with_other_values_corrects_the_posting(office: None) -> None:
    take(KEN, HANA)
    report = take(
        "000123,熊谷 武,クマガイ タケシ,G3,0402,2024-04-01,DAT,,2027-03-31,",
        "000124,髙橋 花子,タカハシ ハナコ,G3,0402,2024-04-01,,,,",
    )
    assert not report.is_refused
    assert {change.kind for change in report.changes} == {
        "person_changed",
        "posting_changed",
        "posting_withdrawn",
    }
    ken = Employee.objects.get(staff_number="000123")
    posting = ken.postings.get()
    assert (ken.name, ken.kana, ken.email) == ("熊谷 武", "クマガイ タケシ", "")
    assert (posting.department.key, posting.tier.key) == ("0402", "G3")
    assert posting.ends_on == date(2027, 4, 1)
    assert [role.key for role in posting.roles.all()] == ["DAT"]
    assert Posting.objects.filter(employee__staff_number="000124").count() == 1


def test_absent_columns_leave_what_is_known(office: None) -> None:
    take(KEN, HANA)
    before = stored()
    lines = [",".join(line.split(",")[:6]) for line in (HEADER, KEN, HANA)]
    report = import_people(file=io.BytesIO("\n".join(lines).encode()), as_of=AS_OF)
    assert report.changes == ()
    assert stored() == before


def take_terms(terms: str, *, of: str = KEN) -> ImportReport:
    lines = f"{HEADER},任用形態コード\n{of},{terms}"
    return import_people(file=io.BytesIO(lines.encode()), as_of=AS_OF)


def test_the_employment_type_is_an_optional_column_and_stays_known(office: None) -> None:
    take(KEN)
    assert Posting.objects.get().employment is None
    assert "FT" in take_terms("FT").changes[0].detail
    assert Posting.objects.get().employment == EmploymentType.objects.get(key="FT")
    for report in (take(KEN), take_terms("FT"), take_terms("")):
        assert report.changes == ()
    (fault,) = take_terms("PT").faults
    assert (fault.column, fault.value, fault.code) == ("任用形態コード", "PT", "unknown_code")
    assert Posting.objects.get().employment == EmploymentType.objects.get(key="FT")


def test_the_last_day_of_a_personnel_system_means_no_end(office: None) -> None:
    take(KEN.replace(",,", ",9999/12/31,"))
    assert Posting.objects.get().ends_on is None


FAULTS = [
    ("職員番号", "1.2E+05", "bad_staff_number", KEN.replace("000123", "1.2E+05")),
    ("職員番号", "", "required", KEN.replace("000123", "")),
    ("職員番号", "124", "lost_zeros", KEN.replace("000123", "124")),
    ("氏名", "", "required", KEN.replace("熊谷 健", " ")),
    ("氏名", "あ" * 101, "too_long", KEN.replace("熊谷 健", "あ" * 101)),
    ("フリガナ", "熊谷 ケン", "bad_kana", KEN.replace("クマガイ", "熊谷")),
    ("職層コード", "G7", "unknown_code", KEN.replace("G2", "G7")),
    ("所属コード", "9999", "unknown_code", KEN.replace("0404", "9999")),
    ("所属コード", "404", "unknown_code", KEN.replace("0404", "404")),
    ("役割コード", "XYZ", "unknown_code", KEN.replace("LDR", "LDR;XYZ")),
    ("兼務所属コード", "9999", "unknown_code", KEN + "0103;9999"),
    ("兼務所属コード", "0404", "concurrent_is_main", KEN + "0404"),
    ("発令日", "4/1", "missing_year", KEN.replace("2024-04-01", "4/1")),
    ("発令日", "45383", "excel_serial", KEN.replace("2024-04-01", "45383")),
    ("発令日", "平成36年4月1日", "outside_era", KEN.replace("2024-04-01", "平成36年4月1日")),
    ("発令日", "令和44年4月1日", "too_far_ahead", KEN.replace("2024-04-01", "令和44年4月1日")),
    ("終了日", "2024-03-31", "ends_before_start", KEN.replace(",,", ",2024-03-31,")),
    ("メール", "ken@", "bad_email", KEN.replace("ken@sakura.example", "ken@")),
    ("", "", "wrong_cell_count", KEN + ",x"),
]


@pytest.mark.parametrize(("column", "value", "code", "line"), FAULTS)
def test_a_row_that_cannot_be_taken_is_named_and_nothing_is_written(
    office: None, column: str, value: str, code: str, line: str
) -> None:
    take(HANA)
    before = stored()
    report = take(HANA.replace("G3", "G5"), line)
    assert [(row.line, row.column, row.value, row.code) for row in report.faults] == [
        (3, column, value, code)
    ]
    assert report.faults[0].message
    assert not report.is_written
    assert report.changes == ()
    assert stored() == before


def test_a_lost_zero_is_named_with_the_code_that_has_it(office: None) -> None:
    assert "0404" in take(KEN.replace("0404", "404")).faults[0].message


def test_a_staff_number_on_two_lines_names_both(office: None) -> None:
    report = take(KEN, HANA, KEN.replace("健", "武"))
    assert [(row.line, row.code) for row in report.faults] == [(4, "repeated_staff_number")]
    assert "2" in report.faults[0].message
    assert not Employee.objects.exists()


def test_every_fault_of_a_file_is_reported_at_once_in_the_order_of_its_lines(
    office: None,
) -> None:
    report = take(
        KEN.replace("クマガイ", "熊谷").replace("G2", "G7"),
        KEN + ",x",
        HANA.replace("令和６年４月１日", "未定"),
    )
    assert [(row.line, row.code) for row in report.faults] == [
        (2, "bad_kana"),
        (2, "unknown_code"),
        (3, "wrong_cell_count"),
        (4, "unrecognised"),
    ]


def test_an_order_inside_history_is_refused_with_the_reason(office: None) -> None:
    take(KEN)
    take(KEN.replace("0404", "0103").replace("2024", "2026"))
    before = stored()
    report = take(KEN.replace("0404", "0402").replace("2024", "2025"))
    assert [(row.column, row.value, row.code) for row in report.faults] == [
        ("発令日", "2025-04-01", "inside_history")
    ]
    assert "2026-04-01" in report.faults[0].message
    assert stored() == before


HEADERS = [
    (HEADER + ",旧姓", "unknown_column", "旧姓"),
    (HEADER + ",name", "repeated_column", "name"),
    (HEADER.replace("フリガナ,", ""), "missing_column", "フリガナ"),
]


@pytest.mark.parametrize(("header", "code", "column"), HEADERS)
def test_a_wrong_header_is_refused_by_the_column_name(
    office: None, header: str, code: str, column: str
) -> None:
    report = import_people(file=io.BytesIO(header.encode()), as_of=AS_OF)
    assert [(row.line, row.column, row.code) for row in report.faults] == [(1, column, code)]


def test_a_column_named_as_ignored_is_passed_over(office: None) -> None:
    file = io.BytesIO(f"{HEADER},旧姓\n{KEN},田中\n".encode())
    assert not import_people(file=file, as_of=AS_OF, ignored_columns=["旧姓"]).is_refused
    assert Employee.objects.get().name == "熊谷 健"


def test_a_file_that_is_no_table_is_a_fault_of_its_line(office: None) -> None:
    report = import_people(file=io.BytesIO(b"a,b\n1,\x00\n"), as_of=AS_OF)
    assert [(row.line, row.code) for row in report.faults] == [(2, "nul")]


def test_a_dry_run_tells_the_changes_and_writes_nothing(office: None) -> None:
    before = stored()
    report = take(KEN, dry_run=True)
    assert [change.kind for change in report.changes] == ["person_added", "posting_opened"]
    assert not report.is_written
    assert stored() == before


def people_file(numbers: range, tier: str, day: str) -> list[str]:
    return [
        f"{number:06d},山田 太郎,ヤマダ タロウ,{tier},0402,{day},LDR,a{number}@x.example,,0103"
        for number in numbers
    ]


def count_queries(run: Callable[[], ImportReport]) -> int:
    if connection.features.max_query_params:
        pytest.skip("this database takes rows in batches")
    with CaptureQueriesContext(connection) as queries:
        report = run()
    assert report.is_written
    assert report.changes
    return len(queries)


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(office: None) -> None:
    files = [("G1", "2024-04-01"), ("G2", "2026-04-01"), ("G3", "2026-04-01")]
    added, moved, corrected = (
        [
            count_queries(partial(take, *people_file(numbers, tier, day)))
            for numbers in (range(10), range(100, 300))
        ]
        for tier, day in files
    )
    assert added[0] == added[1]
    assert moved[0] == moved[1]
    assert corrected[0] == corrected[1]
    assert max(added + moved + corrected) <= 20


def test_an_import_is_logged_with_counts_and_without_names(
    office: None,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    hr = get_user_model().objects.create_user("hr")
    with (
        caplog.at_level(logging.INFO, "lms.people.services"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        take(KEN, imported_by=hr)
    assert f"user {hr.pk}" in caplog.text
    assert "熊谷" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_second_import_waits_for_the_first_and_plans_on_what_it_left() -> None:
    if not connection.features.has_select_for_update:
        pytest.skip("this database has one writer at a time anyway")
    JobTier.objects.create(key="G2", title_ja="主任", rank=2)
    Department.objects.create(key="0404", title_ja="国保年金課")
    Role.objects.create(key="LDR", title_ja="リーダー")
    reports: list[ImportReport] = []

    def second_import() -> None:
        try:
            reports.append(take(KEN))
        finally:
            connection.close()

    second = threading.Thread(target=second_import)
    with transaction.atomic():
        take(KEN)
        second.start()
        second.join(timeout=0.5)
        assert second.is_alive()
    second.join(timeout=10)
    assert [report.changes for report in reports] == [()]
    assert Posting.objects.count() == 1


def test_departments_are_taken_as_a_tree_in_any_order(db: None) -> None:
    report = take_departments(
        "0404,国保年金課,National Health Insurance and Pension Section,0400,M01;M08",
        "0400,区民部,,,",
    )
    assert not report.is_refused
    row = Department.objects.get(key="0404")
    assert row.parent is not None
    assert (row.parent.key, row.measures) == ("0400", ["M01", "M08"])
    assert row.title_en == "National Health Insurance and Pension Section"
    again = take_departments("0404,国保年金課,,0400,M01;M08")
    assert [change.kind for change in again.changes] == ["department_changed"]


def test_the_same_departments_twice_change_nothing(db: None) -> None:
    lines = ("0400,区民部,,,", "0404,国保年金課,,0400,M01")
    take_departments(*lines)
    assert take_departments(*lines).changes == ()


DEPARTMENT_FAULTS = [
    (["0401,戸籍住民課,,0499,"], [(2, "親コード", "0499", "unknown_parent")]),
    (["0401,戸籍住民課,,0401,"], [(2, "親コード", "0401", "cycle")]),
    (
        ["0400,区民部,,0402,"],
        [(2, "親コード", "0402", "cycle")],
    ),
    (
        ["a,甲,,c,", "b,乙,,a,", "c,丙,,b,", "d,丁,,a,"],
        [
            (2, "親コード", "c", "cycle"),
            (3, "親コード", "a", "cycle"),
            (4, "親コード", "b", "cycle"),
        ],
    ),
    (["0401,甲,,,", "0401,乙,,,"], [(3, "コード", "0401", "repeated_code")]),
    ([",甲,,,"], [(2, "コード", "", "required")]),
    (["0401,,,,"], [(2, "名称", "", "required")]),
    (["区民部,区民部,,,"], [(2, "コード", "区民部", "bad_code")]),
    (["0401," + "あ" * 201 + ",,,"], [(2, "名称", "あ" * 201, "too_long")]),
]


@pytest.mark.parametrize(("lines", "faults"), DEPARTMENT_FAULTS)
def test_departments_that_make_no_tree_are_refused(
    office: None, lines: list[str], faults: list[tuple[int, str, str, str]]
) -> None:
    before = stored()
    report = take_departments("0999,新しい課,,,", *lines)
    found = [(row.line - 1, row.column, row.value, row.code) for row in report.faults]
    assert found == faults
    assert stored() == before


def test_the_number_of_queries_for_departments_does_not_depend_on_their_number(
    db: None,
) -> None:
    counts = [
        count_queries(
            partial(
                take_departments,
                "0000,部,,,",
                *(f"{number}-{row},課,,0000," for row in range(number)),
            )
        )
        for number in (10, 200)
    ]
    assert counts[0] == counts[1]


def office_files(person: str, department: str) -> dict[str, Any]:
    return {
        "departments": io.BytesIO(f"コード,名称\n{department}\n".encode()),
        "people": io.BytesIO(f"{HEADER}\n{person}\n".encode()),
    }


def test_people_may_be_posted_to_departments_of_the_other_file(office: None) -> None:
    reports = import_office(
        **office_files(KEN.replace("0404", "0901"), "0901,地域振興課"), as_of=AS_OF
    )
    assert [(report.file, report.is_written) for report in reports] == [
        ("departments", True),
        ("people", True),
    ]
    assert Posting.objects.get().department.title_ja == "地域振興課"


@pytest.mark.parametrize(
    ("person", "department", "dry_run"),
    [
        (KEN.replace("0404", "0901"), "0901,地域振興課", True),
        (KEN.replace("G2", "G7"), "0901,地域振興課", False),
        (KEN, "0901,", False),
    ],
    ids=["a dry run", "a fault in the people", "a fault in the departments"],
)
def test_either_both_files_are_written_or_neither(
    office: None, person: str, department: str, dry_run: bool
) -> None:
    before = stored()
    reports = import_office(**office_files(person, department), as_of=AS_OF, dry_run=dry_run)
    assert not any(report.is_written for report in reports)
    assert any(report.is_refused for report in reports) is not dry_run
    assert stored() == before


def test_an_account_belongs_to_one_person_only(office: None) -> None:
    take(KEN, HANA)
    ken, hana = Employee.objects.order_by("staff_number")
    user, other = (get_user_model().objects.create_user(name) for name in ("000123", "x"))
    link_account(employee=ken, user=user)
    link_account(employee=ken, user=user)
    for employee, account in ((ken, other), (hana, user)):
        with pytest.raises(AccountTaken):
            link_account(employee=employee, user=account)
    ken.refresh_from_db()
    assert ken.user == user


def test_an_import_leaves_accounts_and_uuids_alone(office: None) -> None:
    take(KEN)
    ken = Employee.objects.get()
    user = get_user_model().objects.create_user("000123")
    link_account(employee=ken, user=user)
    take(KEN.replace("健", "武").replace("ケン", "タケシ"))
    after = Employee.objects.get()
    assert (after.pk, after.uuid, after.user, after.name) == (ken.pk, ken.uuid, user, "熊谷 武")
