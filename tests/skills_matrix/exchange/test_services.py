"""Frameworks and judgements are taken in whole or not at all, and twice adds nothing."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from wagtail.models import ModelLogEntry

from lms.exceptions import InvalidCsv
from lms.people.models import Employee
from skills_matrix.assessments.models import Assessment
from skills_matrix.competencies.models import (
    Assurance,
    Competency,
    CompetencyMapping,
    Framework,
    LevelDescriptor,
)
from skills_matrix.exceptions import InvalidFramework
from skills_matrix.exchange.framework_file import FrameworkFile, Item, Link, Step
from skills_matrix.exchange.frameworks import (
    FRAMEWORK_IMPORTED,
    framework_file_of,
    import_framework,
    preview_framework,
)
from skills_matrix.exchange.judgement_file import HEADS, read_judgements
from skills_matrix.exchange.judgements import import_judgements, read_against_office
from tests.factories import make_competency, make_employee, make_user

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 1)
FILE = FrameworkFile(
    key="DSS-L2",
    version="2.0",
    title_ja="デジタルリテラシー",
    effective_from=APRIL,
    items=[
        Item("N-G", "データ", is_group=True, line=2),
        Item("N-1", "データを読む", parent="N-G", steps=(Step(1, "知っている"),), line=3),
        Item("N-2", "データを扱う", parent="N-G", line=4),
    ],
)


@pytest.fixture
def hr() -> Any:
    return make_user(permissions=("lms_core.view_all_employees",))


class TestFramework:
    def test_a_new_framework_is_there_as_the_file_says(self, hr: Any) -> None:
        change = import_framework(file=FILE, by=hr, on=APRIL)
        assert (change.is_new, change.added) == (True, ["N-G", "N-1", "N-2"])
        found = framework_file_of(Framework.objects.get(key="DSS-L2"))
        assert [(i.key, i.title_ja, i.parent, i.is_group, i.steps) for i in found.items] == [
            (i.key, i.title_ja, i.parent, i.is_group, i.steps) for i in FILE.items
        ]
        assert ModelLogEntry.objects.filter(action=FRAMEWORK_IMPORTED, user=hr).count() == 1

    def test_the_same_file_twice_changes_nothing(self, hr: Any) -> None:
        import_framework(file=FILE, by=hr, on=APRIL)
        again = import_framework(file=FILE, by=hr, on=APRIL)
        assert (again.added, again.changed, again.mapped) == ([], [], [])
        assert len(again.unchanged) == 3

    def test_what_differs_is_changed_and_what_is_absent_stays(self, hr: Any) -> None:
        import_framework(file=FILE, by=hr, on=APRIL)
        items = [FILE.items[0], Item("N-1", "データを読み解く", parent="N-G", line=3)]
        file = FrameworkFile(key="DSS-L2", version="2.1", title_ja="リテラシー", items=items)
        change = import_framework(file=file, by=hr, on=APRIL)
        assert (change.changed, change.absent) == (["N-1"], ["N-2"])
        assert Competency.objects.filter(key="N-2").exists()
        assert Framework.objects.get(key="DSS-L2").version == "2.1"

    def test_a_changed_level_text_is_a_change(self, hr: Any) -> None:
        import_framework(file=FILE, by=hr, on=APRIL)
        step = Item("N-1", "データを読む", parent="N-G", steps=(Step(1, "説明できる"),), line=3)
        file = FrameworkFile(
            key="DSS-L2", version="2.0", title_ja="デジタルリテラシー", items=[FILE.items[0], step]
        )
        assert import_framework(file=file, by=hr, on=APRIL).changed == ["N-1"]
        assert LevelDescriptor.objects.get(competency__key="N-1").title_ja == "説明できる"

    def test_the_preview_says_what_importing_does_and_leaves_nothing(self, hr: Any) -> None:
        preview = preview_framework(file=FILE, on=APRIL)
        assert not Framework.objects.filter(key="DSS-L2").exists()
        assert import_framework(file=FILE, by=hr, on=APRIL) == preview

    def test_mappings_come_along(self, hr: Any) -> None:
        make_competency("OLD")
        file = FrameworkFile(**{**vars(FILE), "links": [Link("OLD", "N-1", 2)]})
        assert import_framework(file=file, by=hr, on=APRIL).mapped == [("OLD", "N-1")]
        (row,) = CompetencyMapping.objects.all()
        assert (row.earlier.key, row.later.key, row.most, row.effective_from) == (
            *("OLD", "N-1", 2),
            APRIL,
        )
        assert import_framework(file=file, by=hr, on=APRIL + timedelta(days=9)).mapped == []

    def test_a_key_of_another_framework_and_an_unknown_end_are_refused(self, hr: Any) -> None:
        make_competency("N-1")
        file = FrameworkFile(**{**vars(FILE), "links": [Link("NOWHERE", "N-2", line=2)]})
        with pytest.raises(InvalidFramework) as refused:
            import_framework(file=file, by=hr, on=APRIL)
        assert [(fault.line, fault.code) for fault in refused.value.faults] == [
            (3, "other_framework"),
            (2, "unknown"),
        ]
        assert not Framework.objects.filter(key="DSS-L2").exists()


ROWS = [
    ["100001", "RPA", 3, "上司評価", "2026-04-01", "2027-03-31", "面談"],
    ["100002", "RPA", "２", "資格", "2026/5/1", "", ""],
]


def csv_of(*rows: list[Any]) -> bytes:
    lines = [list(HEADS.values()), *rows]
    return "\n".join(",".join(map(str, line)) for line in lines).encode("cp932")


def excel_of(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in [list(HEADS.values()), *rows]:
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class TestJudgements:
    @pytest.fixture(autouse=True)
    def office(self) -> list[Employee]:
        make_competency("RPA")
        return [make_employee(staff_number=number) for number in ("100001", "100002")]

    @pytest.mark.parametrize("write", [csv_of, excel_of])
    def test_each_row_becomes_a_judgement(self, hr: Any, write: Any) -> None:
        found = import_judgements(file=read_judgements(write(*ROWS)), by=hr)
        assert (len(found.new), found.people, found.faults) == (2, 2, ())
        first, second = Assessment.objects.order_by("employee__staff_number")
        assert (first.level, first.kind, first.assurance, first.assessor, first.note) == (
            *(3, "supervisor", Assurance.SUPERVISOR, hr),
            "面談",
        )
        # Until the end of the last day, in the office's own time.
        assert first.valid_until is not None
        assert first.valid_until.isoformat() == "2027-03-31T15:00:00+00:00"
        assert (second.level, second.kind, second.valid_until) == (2, "certificate", None)

    def test_the_same_file_twice_adds_nothing(self, hr: Any) -> None:
        file = read_judgements(csv_of(*ROWS))
        import_judgements(file=file, by=hr)
        again = import_judgements(file=file, by=hr)
        assert (len(again.new), len(again.known), Assessment.objects.count()) == (0, 2, 2)

    def test_with_one_fault_nothing_is_written(self, hr: Any) -> None:
        found = import_judgements(
            file=read_judgements(csv_of(*ROWS, ["999999", "RPA", 1, "試験", "2026-04-01", "", ""])),
            by=hr,
        )
        assert [(fault.line, fault.column, fault.code) for fault in found.faults] == [
            (4, "職員番号", "unknown")
        ]
        assert not Assessment.objects.exists()

    @pytest.mark.parametrize(
        ("row", "column"),
        [
            (["", "RPA", 1, "試験", "2026-04-01", "", ""], "職員番号"),
            (["100001", "XX", 1, "試験", "2026-04-01", "", ""], "スキル"),
            (["100001", "RPA", 5, "試験", "2026-04-01", "", ""], "レベル"),
            (["100001", "RPA", "", "試験", "2026-04-01", "", ""], "レベル"),
            (["100001", "RPA", 1, "うわさ", "2026-04-01", "", ""], "根拠"),
            (["100001", "RPA", 1, "試験", "2026-02-30", "", ""], "判定日"),
            (["100001", "RPA", 1, "試験", "2026-04-01", "2026-03-31", ""], "有効期限"),
        ],
    )
    def test_each_fault_is_told_with_line_and_column(
        self, hr: Any, row: list[Any], column: str
    ) -> None:
        found = read_against_office(file=read_judgements(csv_of(row)), viewer=hr)
        assert [(fault.line, fault.column) for fault in found.faults] == [(2, column)]
        assert found.new == ()

    def test_two_rows_that_say_the_same_are_told(self, hr: Any) -> None:
        found = read_against_office(file=read_judgements(csv_of(ROWS[0], ROWS[0])), viewer=hr)
        assert [(fault.line, fault.code) for fault in found.faults] == [(3, "repeated")]

    def test_a_missing_column_is_named(self) -> None:
        file = read_judgements("職員番号,レベル\n1,2\n".encode())
        assert {fault.column for fault in file.faults} == {"スキル", "根拠", "判定日"}

    def test_a_damaged_workbook_is_refused(self) -> None:
        with pytest.raises(InvalidCsv):
            read_judgements(excel_of(*ROWS)[:-200] + b"PK\x05\x06" + b"\0" * 18)

    def test_the_number_of_queries_does_not_grow(
        self, hr: Any, django_assert_num_queries: Any
    ) -> None:
        file = read_judgements(csv_of(*ROWS))
        hr.has_perm("lms_core.view_all_employees")
        with django_assert_num_queries(3):
            read_against_office(file=file, viewer=hr)
