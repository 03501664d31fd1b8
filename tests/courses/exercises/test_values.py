"""Single cells: recognised, explained, and what they mean in one notation."""

import pytest

from courses.exercises.grid import Cell
from courses.exercises.spec import Column
from courses.exercises.values import check_digit, read_cell


def told(text: str, type_: str, **more: object) -> tuple[list[str], str, str | None]:
    """The faults, the last hint and the meaning of a CSV cell."""
    column = Column.model_validate({"name": "x", "type": type_, **more})
    slips, meaning = read_cell(Cell(text), column)
    return [slip.fault for slip in slips], slips[-1].hint if slips else "", meaning


@pytest.mark.parametrize(
    ("text", "fault", "iso"),
    [
        ("2022-10-19", None, "2022-10-19"),
        ("令和４年10月19日", "date_era", "2022-10-19"),
        ("2022/10/19", "date_notation", "2022-10-19"),
        ("令和4年10月19日(水)", "date_era", "2022-10-19"),
        ("R4.10.19", "date_era", "2022-10-19"),
        ("R04/10/19", "date_era", "2022-10-19"),
        ("2022年10月19日", "date_kanji", "2022-10-19"),
        ("2022.10.19", "date_notation", "2022-10-19"),
        ("20221019", "date_notation", "2022-10-19"),
        ("２０２２／１０／１９", "date_fullwidth", "2022-10-19"),
        ("令和元年5月1日", "date_era", "2019-05-01"),
        ("平成31年4月30日", "date_era", "2019-04-30"),
        ("㍻31年4月30日", "date_era", "2019-04-30"),
        ("昭和64年1月7日", "date_era", "1989-01-07"),
        ("平成31年5月1日", "date_outside_era", None),
        ("令和元年4月30日", "date_outside_era", None),
        ("2022/2/30", "date_not_a_day", None),
        ("2022-02-30", "date_not_a_day", None),
        ("10/19", "date_missing_year", None),
        ("44853", "date_excel_serial", None),
        ("2022年10月", "date_missing_day", None),
        ("2022-10-19 10:00", "date_has_time", None),
        ("来週", "date_unrecognised", None),
    ],
)
def test_every_way_of_writing_a_date_is_recognised(
    text: str, fault: str | None, iso: str | None
) -> None:
    faults, hint, meaning = told(text, "date")
    assert faults == ([fault] if fault else [])
    assert meaning == iso
    if fault and iso:
        assert hint == iso


def test_what_a_spreadsheet_keeps_for_a_day_is_told_as_that_day() -> None:
    assert told("44853", "date")[1] == "2022-10-19"
    assert told("平成31年5月1日", "date")[1] == "2019-05-01"


@pytest.mark.parametrize(
    ("text", "faults", "number"),
    [
        ("1200", [], "1200"),
        ("-5", [], "-5"),
        ("0", [], "0"),
        ("1,200円", ["currency_mark", "thousands"], "1200"),
        ("¥1,200", ["currency_mark", "thousands"], "1200"),
        ("１２", ["fullwidth_digits"], "12"),
        ("30人", ["unit_in_value"], "30"),
        ("約30人", ["unit_in_value", "approximate"], "30"),
        ("30名程度", ["approximate", "unit_in_value"], "30"),
        ("▲5", ["minus_mark"], "-5"),
        ("△1,000", ["minus_mark", "thousands"], "-1000"),
        ("(5)", ["minus_mark"], "-5"),
        ("18※1", ["footnote"], "18"),
        ("500（小学生以下無料）", ["footnote"], "500"),
        ("無料", ["word_for_number"], "0"),
        ("30.5", ["decimal"], None),
        ("多数", ["not_a_number"], None),
        ("1.2e5", ["not_a_number"], None),
        ("30～40", ["several_values"], None),
        ("－", ["missing_mark"], ""),
        ("#N/A", ["missing_mark"], ""),
        ("〃", ["ditto_mark"], None),
        (" 30", ["edge_space"], "30"),
    ],
)
def test_numbers_are_told_from_what_is_written_around_them(
    text: str, faults: list[str], number: str | None
) -> None:
    found, _hint, meaning = told(text, "integer", unit="人")
    assert (found, meaning) == (faults, number)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("午後2時", "14:00"),
        ("午後２時３０分", "14:30"),
        ("9:00", "09:00"),
        ("14時", "14:00"),
        ("14:00:00", "14:00"),
        ("2:00 PM", "14:00"),
        ("午前10時半", "10:30"),
        ("１４：００", "14:00"),
        ("正午", "12:00"),
    ],
)
def test_times_are_recognised(text: str, value: str) -> None:
    assert told(text, "time") == (["time_notation"], value, value)


@pytest.mark.parametrize("text", ["25:00", "12:60", "1400", "夕方", "午後14時"])
def test_what_is_no_time_of_day_is_not_guessed_at(text: str) -> None:
    assert told(text, "time") == (["not_a_time"], "", None)


@pytest.mark.parametrize(("five", "digit"), [("13120", "2"), ("01100", "2"), ("27100", "4")])
def test_check_digits_are_those_of_the_official_list(five: str, digit: str) -> None:
    assert check_digit(five) == digit


@pytest.mark.parametrize(
    ("type_", "text", "fault", "hint"),
    [
        ("code-lg", "13120", "lg_no_check_digit", "131202"),
        ("code-lg", "11002", "lg_zero_lost", "011002"),
        ("code-lg", "131203", "lg_wrong_check_digit", ""),
        ("code-lg", "１３１２０２", "code_fullwidth", "131202"),
        ("code-lg", "練馬区", "lg_not_a_code", ""),
        ("postal", "〒176-8501", "postal_notation", "176-8501"),
        ("postal", "１７６－８５０１", "postal_notation", "176-8501"),
        ("postal", "176", "not_a_postal_code", ""),
        ("phone", "03（1234）5678", "phone_notation", "03-1234-5678"),
        ("phone", "０３－１２３４－５６７８", "phone_notation", "03-1234-5678"),
        ("phone", "312345678", "not_a_phone_number", ""),
        ("lat", "35°44′08″", "degrees_minutes", "35.735556"),
        ("lat", "139.65", "degrees_swapped", ""),
        ("lon", "0", "degrees_outside", ""),
        ("lon", "東経139.65度", "degrees_notation", "139.65"),
        ("lat", "35.7356,139.65", "several_values", ""),
        ("text", "㈱さくら", "machine_dependent", "株式会社さくら"),
        ("text", "ﾖｶﾞ", "halfwidth_kana", "ヨガ"),
        ("text", "会\u200b議", "invisible_character", "会議"),
        ("text", "\ue000田", "private_character", ""),
        ("text", "総　数", "wide_space", "総数"),
        ("text", "Open  Data", "space_run", "Open Data"),
        ("text", "=1+1", "formula", ""),
    ],
)
def test_each_slip_is_told_with_what_to_write(type_: str, text: str, fault: str, hint: str) -> None:
    faults, found, _meaning = told(text, type_)
    assert (faults, found) == ([fault], hint)


def test_declared_marks_and_allowed_values_are_taken() -> None:
    assert told("***", "integer", symbols=["***"]) == ([], "", "")
    assert told("なし", "text", allowed=["なし", "要"]) == ([], "", "なし")
    assert told("文化・スポーツ", "text", is_atomic=True, allowed=["文化・スポーツ"])[0] == []
    assert told("文化・スポーツ", "text")[0] == []
    assert told("文化・スポーツ", "text", is_atomic=True)[0] == ["several_values"]


def test_codes_kept_as_numbers_and_numbers_kept_as_text_are_told_in_excel() -> None:
    code = Column(name="x", type="code-lg")
    assert read_cell(Cell("131202", "number"), code).slips[0].fault == "code_as_number"
    count = Column(name="x", type="integer")
    assert read_cell(Cell("30", "text"), count).slips[0].fault == "number_as_text"
    assert read_cell(Cell("30", "number"), count).slips == ()
    assert read_cell(Cell("2022-10-19", "date"), Column(name="x", type="date")).slips == ()
