import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.exceptions import InvalidCsv
from lms.people.csv_table import read_csv

NAMES = "職員番号,氏名\r\n000123,髙橋　花子\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (NAMES.encode("utf-8"), "utf-8"),
        (NAMES.encode("utf-8-sig"), "utf-8"),
        (NAMES.encode("cp932"), "cp932"),
    ],
)
def test_the_encodings_of_offices_are_told_apart(data: bytes, encoding: str) -> None:
    table = read_csv(data)
    assert table.encoding == encoding
    assert table.header == ("職員番号", "氏名")
    assert table.rows[0].cells == ("000123", "髙橋　花子")


REFUSED = [
    ("職員番号,氏名\n1,山田\n".encode("utf-16"), "wrong_encoding", 1),
    ("職員番号,氏名\n1,山田\n2,".encode("cp932") + b"\x81\xff\n", "wrong_encoding", 3),
    ("職員番号,氏名\n1,山田\n2,".encode() + b"\xe3\x81\n", "wrong_encoding", 3),
    ("氏名\n".encode("utf-8-sig") + "山田\n".encode("cp932"), "wrong_encoding", 2),
    ("氏名\n山田".encode("cp932") + b"\x80\n", "wrong_encoding", 2),
    (b"a,b\r\n1,2\r\n3,\x00\r\n", "nul", 3),
    (b'a,b\n1,2\n"3,4\n5,6\n', "broken_quotes", 3),
    (b'a,b\n1,2\n"3"x,4\n', "broken_quotes", 3),
    (b"", "no_header", 1),
    (b"\xef\xbb\xbf", "no_header", 1),
    (b"\na,b\n", "no_header", 1),
    (b",,\n1,2,3\n", "no_header", 1),
    (b"a,,b\n1,2,3\n", "empty_header", 1),
    (b"a,b, a\n1,2,3\n", "repeated_header", 1),
]


@pytest.mark.parametrize(("data", "code", "line"), REFUSED)
def test_a_file_that_is_no_table_is_refused_with_its_line(
    data: bytes, code: str, line: int
) -> None:
    with pytest.raises(InvalidCsv) as refusal:
        read_csv(data)
    assert (refusal.value.code, refusal.value.line) == (code, line)
    assert refusal.value.place == f"line {line}"


def test_a_wrong_byte_is_named_by_its_position_in_the_file() -> None:
    good = "氏名\n山田\n".encode("utf-8-sig")
    with pytest.raises(InvalidCsv, match=rf"(?<!\d){len(good)}(?!\d)"):
        read_csv(good + b"\xff\n")


def test_a_file_over_the_limit_is_refused() -> None:
    assert read_csv(b"a\n1\n", max_bytes=4).rows
    with pytest.raises(InvalidCsv) as refusal:
        read_csv(b"a\n12\n", max_bytes=4)
    assert refusal.value.code == "too_large"


def test_lines_are_those_an_editor_shows_even_after_line_breaks_in_quotes() -> None:
    table = read_csv(b'a,b\r\n"1\r\n1","x,\n""y"""\r\n\r\n,\r\n2,z\r\n')
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ("1\r\n1", 'x,\n"y"')),
        (7, ("2", "z")),
    ]


def test_old_line_ends_are_lines_too() -> None:
    assert [row.line for row in read_csv(b"a,b\r1,2\r3,4").rows] == [2, 3]


def test_rows_with_too_few_or_too_many_values_are_faults_beside_the_good_rows() -> None:
    table = read_csv(b"a,b\n1\n2,3\n4,5,6\n7,8,\n")
    assert [row.line for row in table.rows] == [3, 5]
    assert [(fault.line, fault.code) for fault in table.faults] == [
        (2, "wrong_cell_count"),
        (4, "wrong_cell_count"),
    ]


def test_a_value_over_the_limit_is_a_fault_of_its_row_and_column() -> None:
    table = read_csv(b"a,b\n1,12345\n1,1234\n", max_field_length=4)
    assert [row.line for row in table.rows] == [3]
    assert [(fault.line, fault.column, fault.code) for fault in table.faults] == [
        (2, "b", "too_long")
    ]


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]), max_size=8
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), st.sampled_from(["\r\n", "\n"]))
def test_every_table_written_as_csv_comes_back(rows: list[tuple[str, str]], end: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([("a", "b"), *rows])
    table = read_csv(file.getvalue().encode("utf-8-sig"))
    assert [row.cells for row in table.rows] == [
        row for row in rows if any(cell.strip() for cell in row)
    ]
    assert not table.faults


@given(st.binary(max_size=64))
def test_any_bytes_are_either_a_table_or_a_named_fault(data: bytes) -> None:
    assert header_or_fault(data) not in ("", InvalidCsv.code)


def header_or_fault(data: bytes) -> str:
    try:
        return read_csv(data).header[0]
    except InvalidCsv as fault:
        return fault.code
