"""Dates as Japanese offices write them: era or Western years, full or half width.

Pure. Strict on purpose: a date is taken only when it can mean one day and no other, and every
refusal has a reason, for another module to show in the reader's language. Eras: Cabinet orders on
era names, in force from the day given; Meiji's first days follow the usual Gregorian convention.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from courses.exceptions import InvalidDate


class Era(NamedTuple):
    """`sign` is the one-character form that old systems write; no `last_day` = still running."""

    letter: str
    name: str
    sign: str
    first_day: date
    last_day: date | None

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


ERAS = (
    Era("M", "明治", "㍾", date(1868, 1, 25), date(1912, 7, 29)),
    Era("T", "大正", "㍽", date(1912, 7, 30), date(1926, 12, 24)),
    Era("S", "昭和", "㍼", date(1926, 12, 25), date(1989, 1, 7)),
    Era("H", "平成", "㍻", date(1989, 1, 8), date(2019, 4, 30)),
    Era("R", "令和", "㋿", date(2019, 5, 1), None),
)

# Until 明治5年 months were lunar: 明治5年12月2日 was the day before 1 January 1873.
GREGORIAN_SINCE = date(1873, 1, 1)


def gettext_noop(message: str) -> str:
    """Marks a message for the translators; who shows it translates it."""
    return message


# `hint` is what was probably meant.
MESSAGES = {
    "empty": gettext_noop("There is no date."),
    "not_a_day": gettext_noop("This day is not in the calendar."),
    "outside_era": gettext_noop("The day is outside the era: write %(hint)s."),
    "years_disagree": gettext_noop("Two different years are named."),
    "wrong_weekday": gettext_noop("The weekday is wrong: that day is a %(hint)s."),
    "old_calendar": gettext_noop("Before 明治6年 (1873) dates followed the lunar calendar."),
    "excel_serial": gettext_noop(
        "This is probably the number that a spreadsheet keeps for %(hint)s. "
        "Show the column as a date and save again."
    ),
    "ambiguous_year": gettext_noop("Write the year with four digits or with its era."),
    "missing_year": gettext_noop("The year is missing."),
    "missing_day": gettext_noop("The day is missing."),
    "has_time": gettext_noop("Only a date is wanted, without a time of day."),
    "unrecognised": gettext_noop("This is not a date. Write it as 2022-10-19 or 令和4年10月19日."),
}

_WEEKDAYS = "月火水木金土日"
_EXCEL_DAY_ZERO = date(1899, 12, 30)

_ERA_OF_MARK = {mark: era for era in ERAS for mark in (era.letter, era.name, era.name[0])}
# Full-width ASCII, the ideographic space, the hyphens people type, and the era signs.
_PLAIN_CHARACTERS: dict[int, str] = (
    {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {0x3000: " ", 0x2010: "-", 0x2011: "-", 0x2212: "-"}
    | {ord(era.sign): era.name for era in ERAS}
)

_MARKS = "|".join(sorted(_ERA_OF_MARK, key=len, reverse=True))
_ERA = rf"(?P<era>{_MARKS}) *(?P<era_year>元|[0-9]{{1,2}})"
_WESTERN = r"(?P<year>[1-9][0-9]{3})"
_UNITS = r" *(?P<month>[0-9]{1,2}) *月 *(?P<day>[0-9]{1,2}) *日"
_SEPARATED = r" *(?P<mark>[./-]) *(?P<month>[0-9]{1,2}) *(?P=mark) *(?P<day>[0-9]{1,2})"
_WEEKDAY = (
    rf" *(?:\((?P<weekday>[{_WEEKDAYS}])(?:曜日?)?[・･]?[祝休]?\)"
    rf"|(?P<weekday_word>[{_WEEKDAYS}])曜日)?"
)
_MIDNIGHT = r"(?:[ T]0?0:00(?::00)?)?"
_FORMS = tuple(
    re.compile(form + _WEEKDAY + _MIDNIGHT, re.IGNORECASE)
    for form in (
        rf"{_WESTERN} *年 *(?:\({_ERA}年?\))?{_UNITS}",
        rf"{_WESTERN}\({_ERA}\) *年{_UNITS}",
        rf"{_ERA} *年 *(?:\({_WESTERN}年?\))?{_UNITS}",
        rf"{_ERA}\({_WESTERN}\) *年{_UNITS}",
        rf"{_WESTERN}{_SEPARATED}",
        rf"{_ERA}{_SEPARATED}",
        rf"{_WESTERN}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",
    )
)

_EXCEL_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_FAULTS = tuple(
    (code, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        ("has_time", r".*[0-9日)] *T?[0-9]{1,2}[:時] *[0-9]{1,2}.*"),
        ("ambiguous_year", r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{1,2}"),
        ("missing_year", rf"(?:[0-9]{{1,2}}[./-][0-9]{{1,2}}|{_UNITS}){_WEEKDAY}"),
        (
            "missing_day",
            rf"(?:{_WESTERN}|{_ERA})(?: *年(?: *[0-9]{{1,2}} *月)?|[./-][0-9]{{1,2}})?",
        ),
    )
)


def parse_date(text: str) -> date:
    """Read one day from what people write.

    Taken: `2022-10-19`, `2022/10/19`, `2022.10.19`, `20221019`, `2022年10月19日`,
    `令和4年10月19日`, `令4.10.19`, `R4/10/19`, `㍻31年4月30日`, `令和4年(2022年)10月19日`; in full
    or half width, with a weekday (which must be right) or the midnight that spreadsheets append.

    Raises:
        InvalidDate: anything else; the message says what is wrong with it.
    """
    plain = text.translate(_PLAIN_CHARACTERS).strip()
    if not plain:
        raise _fault("empty")
    for form in _FORMS:
        if found := form.fullmatch(plain):
            return _checked_day(found.groupdict())
    if serial := _EXCEL_SERIAL.fullmatch(plain):
        raise _fault("excel_serial", str(_EXCEL_DAY_ZERO + timedelta(days=int(serial[1]))))
    for code, pattern in _FAULTS:
        if pattern.fullmatch(plain):
            raise _fault(code)
    raise _fault("unrecognised")


def era_of(day: date) -> Era:
    """The era a day is in.

    Raises:
        InvalidDate: the day is before 1873, when Japan took the present calendar.
    """
    if day < GREGORIAN_SINCE:
        raise _fault("old_calendar")
    return next(era for era in ERAS if era.holds_on(day))


def era_date(day: date) -> str:
    """The day as offices write it, e.g. `令和元年5月1日`.

    Raises:
        InvalidDate: the day is before 1873, when Japan took the present calendar.
    """
    era = era_of(day)
    year = day.year - era.first_day.year + 1
    return f"{era.name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def _checked_day(parts: dict[str, str | None]) -> date:
    """The day that the parts of a form name, or the reason why there is none."""
    western = int(text) if (text := parts.get("year")) else None
    era = _ERA_OF_MARK[mark.upper()] if (mark := parts.get("era")) else None
    year = western or 0
    if era:
        number = parts["era_year"]
        year = era.first_day.year - 1 + (1 if number == "元" else int(number or 0))
    if western is not None and western != year:
        raise _fault("years_disagree")
    try:
        day = date(year, int(parts["month"] or 0), int(parts["day"] or 0))
    except ValueError:
        raise _fault("not_a_day") from None
    if era and day < GREGORIAN_SINCE:
        raise _fault("old_calendar")
    if era and not era.holds_on(day):
        raise _fault("outside_era", era_date(day))
    weekday = parts.get("weekday") or parts.get("weekday_word")
    if weekday and _WEEKDAYS[day.weekday()] != weekday:
        raise _fault("wrong_weekday", f"{_WEEKDAYS[day.weekday()]}曜日")
    return day


def _fault(code: str, hint: str = "") -> InvalidDate:
    return InvalidDate(code, MESSAGES[code] % {"hint": hint}, hint=hint)
