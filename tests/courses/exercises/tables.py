"""A clean table, and every way of making a mess of it that breaks one rule."""

import csv
import io
import random
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart

from courses.exercises.characters import in_width
from courses.exercises.spec import Spec, parse_spec
from courses.exercises.texts import RULES

COLUMNS: list[dict[str, Any]] = [
    {"name": "番号", "is_required": True},
    {"name": "名称", "is_required": True},
    {"name": "分類", "allowed": ["文化", "健康"], "is_atomic": True},
    {"name": "開催日", "type": "date", "is_required": True},
    {"name": "開始時刻", "type": "time"},
    {"name": "団体コード", "type": "code-lg"},
    {"name": "郵便番号", "type": "postal"},
    {"name": "所在地", "type": "address"},
    {"name": "緯度", "type": "lat"},
    {"name": "経度", "type": "lon"},
    {"name": "定員（人）", "type": "integer", "unit": "人"},
]
NAMES = [column["name"] for column in COLUMNS]
Rows = list[list[str]]


def spec_of(*rules: str, keys: tuple[str, ...] = ("番号",), critical: tuple[str, ...] = ()) -> Spec:
    """All rules with the same weight, or those named."""
    return parse_spec(
        {
            "columns": COLUMNS,
            "keys": list(keys),
            "rules": [
                {"rule": rule, "weight": 1, "is_critical": rule in critical}
                for rule in rules or RULES
            ],
        }
    )


def clean_rows(count: int = 6) -> Rows:
    return [
        [
            f"E{n:03}",
            ["読書会", "体操教室", "将棋教室"][n % 3] + "あいうえおかきくけこ"[n % 10],
            ["文化", "健康"][n % 2],
            f"2022-10-{n % 28 + 1:02}",
            f"{9 + n % 10:02}:30",
            "131202",
            f"176-85{n % 100:02}",
            f"東京都さくら区桜台{n % 9 + 1}丁目",
            f"35.73{n % 10}1",
            f"139.65{n % 10}1",
            str(10 + n),
        ]
        for n in range(count)
    ]


def csv_bytes(rows: Rows, header: list[str] | None = None) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([header or NAMES, *rows])
    return out.getvalue().encode()


def xlsx_bytes(rows: Rows, change: Callable[[Any], None] | None = None) -> bytes:
    """Numbers as numbers, the rest as text; `change` gets the sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(NAMES)
    for row in rows:
        sheet.append([*row[:8], *(float(item) for item in row[8:10]), int(row[10])])
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(name: str, change: Callable[[str], str]) -> Callable[[Rows, random.Random], bytes]:
    """A mess of one cell of a column."""

    def make(rows: Rows, chance: random.Random) -> bytes:
        row = chance.choice(rows)
        at = NAMES.index(name)
        row[at] = change(row[at])
        return csv_bytes(rows)

    return make


def _title(rows: Rows, chance: random.Random) -> bytes:
    return "イベント一覧,,,,,,,,,,\r\n".encode() + csv_bytes(rows)


def _inserted(line: list[str]) -> Callable[[Rows, random.Random], bytes]:
    def make(rows: Rows, chance: random.Random) -> bytes:
        rows.insert(chance.randrange(1, len(rows)), line + [""] * (len(NAMES) - len(line)))
        return csv_bytes(rows)

    return make


def _named(name: str, as_: str) -> Callable[[Rows, random.Random], bytes]:
    return lambda rows, chance: csv_bytes(rows, [as_ if item == name else item for item in NAMES])


def _ragged(rows: Rows, chance: random.Random) -> bytes:
    text = csv_bytes(rows).decode().split("\r\n")
    at = chance.randrange(1, len(rows) + 1)
    text[at] += ",1"
    return "\r\n".join(text).encode()


def _repeated_key(rows: Rows, chance: random.Random) -> bytes:
    rows.append(list(chance.choice(rows)))
    return csv_bytes(rows)


def _old_lines(rows: Rows, chance: random.Random) -> bytes:
    return csv_bytes(rows).replace(b"\r\n", b"\r")


def _merge(sheet: Any) -> None:
    sheet.merge_cells("C2:C3")


def _chart(sheet: Any) -> None:
    sheet.add_chart(BarChart(), "M2")


def _second_sheet(sheet: Any) -> None:
    sheet.parent.create_sheet("元")["A1"] = "x"


def _formula(sheet: Any) -> None:
    sheet["K2"] = "=5+5"


def _in_excel(change: Callable[[Any], None]) -> Callable[[Rows, random.Random], bytes]:
    return lambda rows, chance: xlsx_bytes(rows, change)


# Name of the mess -> the rule it breaks, whether the file is Excel, and how it is made.
MESSES: dict[str, tuple[str, str, Callable[[Rows, random.Random], bytes]]] = {
    "Shift_JIS": (
        "encoding", "csv", lambda rows, chance: csv_bytes(rows).decode().encode("cp932")
    ),
    "UTF-16": (
        "encoding", "csv", lambda rows, chance: csv_bytes(rows).decode().encode("utf-16")
    ),
    "one value too many": ("csv_syntax", "csv", _ragged),
    "old line ends": ("csv_syntax", "csv", _old_lines),
    "tabs": ("csv_syntax", "csv", lambda rows, chance: csv_bytes(rows).replace(b",", b"\t")),
    "a title": ("one_table", "csv", _title),
    "an empty row": ("one_table", "csv", _inserted([])),
    "a total": ("one_table", "csv", _inserted(["合　計", *[""] * 9, "75"])),
    "a note": ("one_table", "csv", _inserted(["※ 定員を超えたときは抽選"])),
    "a second header": ("one_table", "csv", _inserted(NAMES)),
    "an empty column": (
        "one_table",
        "csv",
        lambda rows, chance: csv_bytes([[*row, ""] for row in rows], [*NAMES, ""]),
    ),
    "another name": ("header", "csv", _named("名称", "なまえ")),
    "a name left out": ("header", "csv", _named("名称", "")),
    "a name twice": ("header", "csv", _named("名称", "分類")),
    "a name with a line break": ("header", "csv", _named("開始時刻", "開始\n時刻")),
    "a name without its unit": ("units", "csv", _named("定員（人）", "定員")),
    "a name with a space": ("whitespace", "csv", _named("名称", "名　称")),
    "merged cells": ("merged_cells", "xlsx", _in_excel(_merge)),
    "a chart": ("objects", "xlsx", _in_excel(_chart)),
    "a second sheet": ("one_table", "xlsx", _in_excel(_second_sheet)),
    "a formula": ("formulas", "xlsx", _in_excel(_formula)),
    "a formula in CSV": ("formulas", "csv", cell("定員（人）", lambda text: f"={text}+1")),
    "a command in CSV": ("formulas", "csv", cell("名称", lambda text: "=cmd|' /C calc'!A0")),
    "a space behind": ("whitespace", "csv", cell("名称", lambda text: text + " ")),
    "a space behind a date": ("whitespace", "csv", cell("開催日", lambda text: text + "　")),
    "a wide space": ("whitespace", "csv", cell("名称", lambda text: f"{text[0]}　{text[1:]}")),
    "a line break": ("whitespace", "csv", cell("名称", lambda text: f"{text[0]}\n{text[1:]}")),
    "two categories": ("one_value", "csv", cell("分類", lambda text: "文化、健康")),
    "two dates": ("one_value", "csv", cell("開催日", lambda text: "10/19、10/20")),
    "from and to": ("one_value", "csv", cell("開始時刻", lambda text: "10:00～12:00")),
    "full-width digits": ("numbers", "csv", cell("定員（人）", lambda text: "１２")),
    "a thousands separator": ("numbers", "csv", cell("定員（人）", lambda text: "1,200")),
    "a triangle": ("numbers", "csv", cell("定員（人）", lambda text: "▲5")),
    "about": ("numbers", "csv", cell("定員（人）", lambda text: f"約{text}")),
    "a note mark": ("numbers", "csv", cell("定員（人）", lambda text: f"{text}※1")),
    "a word": ("numbers", "csv", cell("定員（人）", lambda text: "多数")),
    "a unit": ("units", "csv", cell("定員（人）", lambda text: f"{text}人")),
    "an era": ("dates", "csv", cell("開催日", lambda text: "令和４年10月19日")),
    "slashes": ("dates", "csv", cell("開催日", lambda text: text.replace("-", "/"))),
    "no such day": ("dates", "csv", cell("開催日", lambda text: "2022/2/30")),
    "no year": ("dates", "csv", cell("開催日", lambda text: "10/19")),
    "afternoon": ("times", "csv", cell("開始時刻", lambda text: "午後2時")),
    "a dash": ("missing", "csv", cell("定員（人）", lambda text: "－")),
    "not known": ("missing", "csv", cell("定員（人）", lambda text: "不明")),
    "nothing where something must be": ("missing", "csv", cell("名称", lambda text: "")),
    "a code without check digit": ("codes", "csv", cell("団体コード", lambda text: "13120")),
    "a wrong check digit": ("codes", "csv", cell("団体コード", lambda text: "131203")),
    "a postal mark": ("codes", "csv", cell("郵便番号", lambda text: f"〒{text}")),
    "a postal code without hyphen": (
        "codes", "csv", cell("郵便番号", lambda text: text.replace("-", ""))
    ),
    "ditto": ("ditto", "csv", cell("名称", lambda text: "〃")),
    "same as above": ("ditto", "csv", cell("開催日", lambda text: "同上")),
    "a circled number": ("characters", "csv", cell("名称", lambda text: f"{text}①")),
    "half-width kana": ("characters", "csv", cell("名称", lambda text: f"ﾖｶﾞ{text}")),
    "an invisible character": ("characters", "csv", cell("名称", lambda text: f"{text}\u200b")),
    "another category": ("spelling", "csv", cell("分類", lambda text: "ぶんか")),
    "wide digits in an address": (
        "spelling", "csv", cell("所在地", lambda text: in_width(text, "wide"))
    ),
    "degrees and minutes": ("coordinates", "csv", cell("緯度", lambda text: "35度44分08秒")),
    "swapped": ("coordinates", "csv", cell("緯度", lambda text: "139.65")),
    "no prefecture": (
        "addresses", "csv", cell("所在地", lambda text: text.removeprefix("東京都"))
    ),
    "a key twice": ("keys", "csv", _repeated_key),
    "no key": ("keys", "csv", cell("番号", lambda text: "")),
}  # fmt: skip
