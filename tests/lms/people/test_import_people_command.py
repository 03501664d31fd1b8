import csv
import io
import re
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from lms.people.csv_table import Fault
from lms.people.import_report import FAULTS_SHOWN, ImportReport, write_faults
from lms.people.models import Department, Employee

PEOPLE = (
    "職員番号,氏名,フリガナ,職層コード,所属コード,発令日\n"
    "000123,髙橋 花子,ﾀｶﾊｼ ﾊﾅｺ,G2,0404,R6.4.1\n"
)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_bytes(PEOPLE.encode("cp932"))
    return file


def run(*arguments: object) -> tuple[str, str, int]:
    """What the command writes, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_people", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), err.getvalue() + str(error), error.returncode
    return out.getvalue(), err.getvalue(), 0


def numbers(text: str) -> list[int]:
    """The first two numbers a summary names, rows and changes, in whatever language."""
    return [int(found) for found in re.findall(r"[0-9]+", text)][:2]


def test_the_command_imports_and_says_how_much(office: None, people: Path) -> None:
    out, _, code = run(people)
    assert code == 0
    assert Employee.objects.get().kana == "タカハシ ハナコ"
    assert numbers(out) == [1, 2]
    assert numbers(run(people)[0]) == [1, 0]


def test_departments_are_taken_first(office: None, people: Path, tmp_path: Path) -> None:
    people.write_text(PEOPLE.replace("0404", "0901"), encoding="utf-8")
    departments = tmp_path / "departments.csv"
    departments.write_text("コード,名称,親コード\n0901,地域振興課,0400\n", encoding="utf-8")
    assert run(people, "--departments", departments)[2] == 0
    assert Department.objects.get(key="0901").postings.count() == 1


def test_a_dry_run_shows_the_changes_and_writes_nothing(office: None, people: Path) -> None:
    out, _, code = run(people, "--dry-run")
    assert code == 0
    assert "髙橋 花子" in out
    assert "2024-04-01" in out
    assert not Employee.objects.exists()


def test_faults_are_shown_as_a_table_and_written_as_csv_and_the_exit_code_is_1(
    office: None, people: Path, tmp_path: Path
) -> None:
    people.write_text(PEOPLE.replace("G2", "G7").replace("0404", "=1+1"), encoding="utf-8")
    report = tmp_path / "faults.csv"
    _, err, code = run(people, "--report", report)
    assert code == 1
    assert "職層コード" in err
    assert "G7" in err
    assert not Employee.objects.exists()
    assert report.read_bytes().startswith(b"\xef\xbb\xbf")
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[:4] for row in rows[1:]] == [
        ["people", "2", "所属コード", "'=1+1"],
        ["people", "2", "職層コード", "G7"],
    ]


def test_a_column_may_be_ignored_by_name(office: None, people: Path) -> None:
    people.write_text(PEOPLE.replace("\n", ",x\n"), encoding="utf-8")
    assert run(people)[2] == 1
    assert run(people, "--ignore-column", "x")[2] == 0


@pytest.mark.parametrize(("as_of", "code"), [("令和4年4月1日", 1), ("2023-05-01", 0)])
def test_the_office_day_may_be_named(office: None, people: Path, as_of: str, code: int) -> None:
    assert run(people, "--as-of", as_of)[2] == code


@time_machine.travel("2023-03-31T15:00:00Z")
def test_the_office_day_is_today_in_japan(office: None, people: Path) -> None:
    people.write_text(PEOPLE.replace("R6.4.1", "2024-04-01"), encoding="utf-8")
    assert run(people)[2] == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(["missing.csv"], "missing.csv"), (["people.csv", "--as-of", "tomorrow"], "--as-of")],
    ids=["file", "date"],
)
def test_a_missing_file_or_a_date_that_is_none_is_named(
    office: None, people: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], named: str
) -> None:
    monkeypatch.chdir(people.parent)
    _, err, code = run(*arguments)
    assert code == 1
    assert named in err


def test_a_long_list_of_faults_is_cut_on_the_screen_but_not_in_the_file() -> None:
    faults = tuple(Fault(line, "氏名", "x", "c", "m") for line in range(1, FAULTS_SHOWN + 11))
    report = ImportReport("people", len(faults), faults=faults)
    table = report.fault_table().splitlines()
    assert len(table) == 1 + FAULTS_SHOWN + 1
    assert "10" in table[-1]
    file = io.StringIO()
    write_faults((("people", fault) for fault in faults), file)
    assert len(file.getvalue().splitlines()) == 1 + len(faults)


def test_columns_of_the_fault_table_line_up_under_japanese_text() -> None:
    faults = (Fault(2, "氏名", "あい", "c", "m1"), Fault(10, "x", "ab\ncd", "c", "m2"))
    first, second = ImportReport("people", 2, faults=faults).fault_table().splitlines()[1:]
    wide = first.split("m1")[0]
    assert len(wide) + sum(mark > "ÿ" for mark in wide) == len(second.split("m2")[0])
