"""The rules of a table that machines can read, in words; `faults` has the ways of breaking them.

Sources: the project's list of rules for open data, and the items of MIC's unified rules for
machine-readable statistics (2020-12), whose numbers stand in `sources` as `1-3`.
"""

from typing import Literal, NamedTuple


def _(text: str) -> str:
    """Marks a text for translation; who shows it translates it."""
    return text


class Rule(NamedTuple):
    """One row per rule that an author can pick.

    Attributes:
        why: the reason, told to the learner.
        counts: what the rule looks at, and so what its share is a share of: the `file`, its
            `lines`, the column `names`, `rows`, the whole `content`, or `cells` of certain types.
        formats: where it can be broken at all.
        weight: what the author is offered.
        is_critical: what the author is offered.
    """

    title: str
    why: str
    counts: Literal["file", "lines", "names", "rows", "content", "cells"]
    formats: tuple[str, ...] = ("csv", "xlsx")
    weight: int = 5
    is_critical: bool = False
    sources: tuple[str, ...] = ()


RULES: dict[str, Rule] = {
    "encoding": Rule(
        _("The text is stored as UTF-8"),
        _(
            "A CSV file does not say how its characters are stored. A program that expects UTF-8 "
            "shows Shift_JIS as garbled text, or stops."
        ),
        "file",
        ("csv",),
        10,
        True,
        ("11", "1-1"),
    ),
    "csv_syntax": Rule(
        _("The file is written as CSV is"),
        _(
            "Commas, quotes and line ends are all that tells a program where a value ends. "
            "One comma too many moves every value after it into the wrong column."
        ),
        "lines",
        ("csv",),
        10,
        True,
        ("11", "1-1"),
    ),
    "one_table": Rule(
        _("One table and nothing else"),
        _(
            "A program takes every row for data. Titles, notes and totals become wrong data, and "
            "at an empty row or column many programs think that the table has ended."
        ),
        "lines",
        weight=10,
        sources=("1", "3", "2-1", "2-2"),
    ),
    "header": Rule(
        _("One header row with the right names"),
        _(
            "Programs find a column by its name. A name that is missing, repeated or different "
            "this month leads them to no column, or to the wrong one."
        ),
        "names",
        weight=8,
        is_critical=True,
        sources=("2", "1-6"),
    ),
    "merged_cells": Rule(
        _("No merged cells"),
        _(
            "Of merged cells only the first holds the value. In the other rows it is missing as "
            "soon as the table is sorted, filtered or saved as CSV."
        ),
        "file",
        ("xlsx",),
        5,
        False,
        ("3", "1-4"),
    ),
    "formulas": Rule(
        _("Values, not formulas"),
        _(
            "Other programs do not calculate a formula, or refer to cells that are not there. "
            "A value that starts with “=” can even run as a command where the file is opened."
        ),
        "cells",
        sources=("1-7",),
    ),
    "objects": Rule(
        _("No pictures, charts or shapes"),
        _("Whatever floats above the cells is not in the data: programs do not see it at all."),
        "file",
        ("xlsx",),
        3,
        False,
        ("1-8",),
    ),
    "whitespace": Rule(
        _("No spaces or line breaks for looks"),
        _(
            "To a program “総　数” and “総数” are two different words: it counts them apart and "
            "does not find one when asked for the other."
        ),
        "cells",
        weight=7,
        sources=("3", "1-5"),
    ),
    "one_value": Rule(
        _("One value in a cell"),
        _(
            "Two values in a cell cannot be sorted, added up or searched. Each needs its own row "
            "or its own column."
        ),
        "cells",
        weight=7,
        sources=("4", "1-2"),
    ),
    "numbers": Rule(
        _("Numbers are plain half-width digits"),
        _(
            "Programs calculate with digits only. “1,200”, “▲5” or “約30” is text to them, and "
            "the row drops out of every sum and average without a word."
        ),
        "cells",
        weight=12,
        sources=("4", "5", "1-3"),
    ),
    "units": Rule(
        _("Units stand in the column name"),
        _(
            "“30人” is text, not a number. In the column name the unit is said once and for "
            "every row, and the values can be calculated with."
        ),
        "cells",
        weight=8,
        sources=("4", "1-9"),
    ),
    "dates": Rule(
        _("Dates are written 2022-10-19"),
        _(
            "People see one day in 令和４年10月19日, 2022/10/19 and 2022-10-19; a program sees "
            "three texts. In one notation (ISO 8601) they sort by date and can be compared."
        ),
        "cells",
        weight=20,
        sources=("6", "1-11"),
    ),
    "times": Rule(
        _("Times are written 14:00"),
        _(
            "“午後2時” does not sort after “10:00”. With 24 hours and two digits each, the order "
            "of the texts is the order of the times."
        ),
        "cells",
        sources=("7",),
    ),
    "missing": Rule(
        _("What is not known is left empty"),
        _(
            "A program takes “-” or “なし” for a value. Empty means empty to all of them; what "
            "must be there must not be empty."
        ),
        "cells",
        sources=("8", "1-13"),
    ),
    "codes": Rule(
        _("Codes are complete and in one notation"),
        _(
            "Codes join tables of different offices. One without its leading zero or check digit "
            "matches nothing, or the wrong place."
        ),
        "cells",
        sources=("9", "1-12"),
    ),
    "ditto": Rule(
        _("Nothing is abbreviated by “same as above”"),
        _("Sorted or filtered, a row has another one above it, and “〃” means something else."),
        "cells",
        sources=("10", "1-6"),
    ),
    "characters": Rule(
        _("No characters that only some machines have"),
        _(
            "①, ㈱ or half-width kana look different or vanish on other systems, and a search "
            "for “株式会社” does not find “㈱”."
        ),
        "cells",
        sources=("11", "1-10"),
    ),
    "spelling": Rule(
        _("One thing is written in one way"),
        _(
            "“Ａ会議室” and “A会議室” are two places to a program: it counts the events of each "
            "apart and finds only half of them."
        ),
        "cells",
        sources=("12",),
    ),
    "coordinates": Rule(
        _("Latitude and longitude are decimal degrees"),
        _(
            "A map draws 35.7356 and 139.6517, each in its own column. Degrees and minutes, or "
            "both swapped, put the place into the sea or nowhere."
        ),
        "cells",
        sources=("13",),
    ),
    "addresses": Rule(
        _("Addresses are complete to the same degree"),
        _(
            "A program that looks up addresses needs the same parts in every row; with the "
            "prefecture in some only, it finds some only."
        ),
        "cells",
        sources=("13",),
    ),
    "keys": Rule(
        _("Every row has a key of its own"),
        _(
            "The key says which row is meant. With one twice, an update or a join with another "
            "table takes the wrong row, or both."
        ),
        "rows",
        weight=8,
        sources=("14",),
    ),
    "content": Rule(
        _("The content has stayed the same"),
        _(
            "Tidying up changes how things are written, not what they say. Rows or values that "
            "got lost or changed on the way are errors in the published data."
        ),
        "content",
        weight=15,
        sources=("15",),
    ),
}
