from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.exceptions import InvalidDate
from courses.japanese_dates import (
    ERAS,
    GREGORIAN_SINCE,
    MESSAGES,
    era_date,
    era_of,
    parse_date,
)

TAKEN = [
    # The date notations seen in open data of a ward.
    ("令和４年10月19日", date(2022, 10, 19)),
    ("2022/10/19", date(2022, 10, 19)),
    ("2022-10-19", date(2022, 10, 19)),
    ("令和4年10月19日(水)", date(2022, 10, 19)),
    ("R4.10.19", date(2022, 10, 19)),
    ("R04/10/19", date(2022, 10, 19)),
    ("2022年10月19日", date(2022, 10, 19)),
    ("2022.10.19", date(2022, 10, 19)),
    ("20221019", date(2022, 10, 19)),
    ("２０２２／１０／１９", date(2022, 10, 19)),
    ("令和元年5月1日", date(2019, 5, 1)),
    ("平成31年4月30日", date(2019, 4, 30)),
    ("㍻31年4月30日", date(2019, 4, 30)),
    ("昭和64年1月7日", date(1989, 1, 7)),
    # Widths, spaces and signs.
    ("　令和　４年 ９月　１日　", date(2022, 9, 1)),
    ("㋿元年５月１日", date(2019, 5, 1)),
    ("㍼64年1月7日", date(1989, 1, 7)),
    ("㍽15年12月24日", date(1926, 12, 24)),
    ("㍾45年7月29日", date(1912, 7, 29)),
    ("Ｒ４．１０．１９", date(2022, 10, 19)),
    ("r4-10-19", date(2022, 10, 19)),
    ("令4.10.19", date(2022, 10, 19)),
    ("R元.5.1", date(2019, 5, 1)),
    ("2022−10−19", date(2022, 10, 19)),
    # Weekdays, double years, the midnight of spreadsheets.
    ("2022年10月19日（水曜日）", date(2022, 10, 19)),
    ("令和4年10月19日　水曜日", date(2022, 10, 19)),
    ("2022/10/10(月・祝)", date(2022, 10, 10)),
    ("令和4年(2022年)10月19日", date(2022, 10, 19)),
    ("令和4(2022)年10月19日", date(2022, 10, 19)),
    ("2022年（令和４年）10月19日", date(2022, 10, 19)),
    ("2022(R4)年10月19日", date(2022, 10, 19)),
    ("2022/10/19 0:00", date(2022, 10, 19)),
    ("2022-10-19T00:00:00", date(2022, 10, 19)),
    # Borders of eras and of the calendar.
    ("昭和元年12月25日", date(1926, 12, 25)),
    ("大正元年7月30日", date(1912, 7, 30)),
    ("平成元年1月8日", date(1989, 1, 8)),
    ("明治6年1月1日", date(1873, 1, 1)),
    ("令和6年2月29日", date(2024, 2, 29)),
    ("1868-01-25", date(1868, 1, 25)),
]

REFUSED = [
    ("平成31年5月1日", "outside_era"),
    ("令和元年4月30日", "outside_era"),
    ("2022/2/30", "not_a_day"),
    ("10/19", "missing_year"),
    ("44853", "excel_serial"),
    ("", "empty"),
    (" 　 ", "empty"),
    ("昭和64年1月8日", "outside_era"),
    ("大正15年12月25日", "outside_era"),
    ("明治45年7月30日", "outside_era"),
    ("平成0年1月1日", "outside_era"),
    ("平成99年1月1日", "outside_era"),
    ("明治5年12月2日", "old_calendar"),
    ("明治0年1月1日", "old_calendar"),
    ("令和5年2月29日", "not_a_day"),
    ("2022-13-01", "not_a_day"),
    ("20220230", "not_a_day"),
    ("令和4年10月19日(木)", "wrong_weekday"),
    ("令和4年(2021年)10月19日", "years_disagree"),
    ("44853.0", "excel_serial"),
    ("44853.5", "excel_serial"),
    ("22/10/19", "ambiguous_year"),
    ("4.10.19", "ambiguous_year"),
    ("10月19日", "missing_year"),
    ("10月19日(水)", "missing_year"),
    ("令和4年10月", "missing_day"),
    ("2022/10", "missing_day"),
    ("2022年", "missing_day"),
    ("R4", "missing_day"),
    ("2022/10/19 13:05", "has_time"),
    ("令和4年10月19日13時30分", "has_time"),
    ("2022/10-19", "unrecognised"),
    ("0022-10-19", "unrecognised"),
    ("令和410月19日", "unrecognised"),
    ("2022年10月19", "unrecognised"),
    ("未定", "unrecognised"),
    ("②022/10/19", "unrecognised"),
    ("٢٠٢٢/10/19", "unrecognised"),
    ("2022-10-19\n2022-10-20", "unrecognised"),
    ("19/10/2022", "unrecognised"),
]


@pytest.mark.parametrize(("text", "day"), TAKEN)
def test_a_certain_day_is_taken(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_anything_else_is_refused_with_its_fault(text: str, code: str) -> None:
    with pytest.raises(InvalidDate) as refusal:
        parse_date(text)
    assert refusal.value.code == code
    assert refusal.value.message


def test_a_spreadsheet_serial_is_refused_with_the_day_it_probably_means() -> None:
    with pytest.raises(InvalidDate, match="2022-10-19"):
        parse_date("44853")


def test_a_day_outside_its_era_is_refused_with_the_right_era() -> None:
    with pytest.raises(InvalidDate, match="令和元年5月1日"):
        parse_date("平成31年5月1日")


def test_a_wrong_weekday_is_refused_with_the_right_one() -> None:
    with pytest.raises(InvalidDate, match="水曜日"):
        parse_date("2022-10-19(木)")


def test_eras_follow_one_another_without_gap_or_overlap() -> None:
    for earlier, later in pairwise(ERAS):
        assert earlier.last_day is not None
        assert later.first_day == earlier.last_day + timedelta(days=1)
    assert ERAS[-1].last_day is None


def test_no_era_is_named_before_the_present_calendar() -> None:
    with pytest.raises(InvalidDate) as refusal:
        era_of(GREGORIAN_SINCE - timedelta(days=1))
    assert refusal.value.code == "old_calendar"


@given(st.dates(date(1873, 1, 1), date(2100, 12, 31)))
def test_every_day_comes_back_from_its_era_notations(day: date) -> None:
    era = era_of(day)
    year = day.year - era.first_day.year + 1
    full_width = str.maketrans("0123456789", "０１２３４５６７８９")
    for text in (
        era_date(day),
        era_date(day).translate(full_width),
        f"{era.letter}{year:02d}.{day.month:02d}.{day.day:02d}",
        f"{era.sign}{year}年{day.month}月{day.day}日({'月火水木金土日'[day.weekday()]})",
        f"{day.year}年({era.name}{year}年){day.month}月{day.day}日",
    ):
        assert parse_date(text) == day


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_every_day_comes_back_from_its_western_notations(day: date) -> None:
    for text in (
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}{day.month:02d}{day.day:02d}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        assert parse_date(text) == day


@given(st.text(alphabet="0123456789０９年月日令和平成昭RHS元./-() 　水曜:T㍻", max_size=24))
def test_any_text_is_either_a_day_or_a_named_fault(text: str) -> None:
    found = day_or_fault(text)
    if isinstance(found, date):
        assert parse_date(found.isoformat()) == found
    else:
        assert found in MESSAGES


def day_or_fault(text: str) -> date | str:
    try:
        return parse_date(text)
    except InvalidDate as fault:
        return fault.code
