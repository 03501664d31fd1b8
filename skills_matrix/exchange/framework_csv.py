"""The competencies and the mappings of a framework as CSV. Pure.

One row per competency or heading, in order: `key, parent, title_ja, title_en, is_group`, then
optional `level_N_title_ja`, `level_N_text_ja` and the same with `_en` for what a level means.
Mappings: `earlier, later, most, effective_from`.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from lms.people.csv_table import CsvTable, Fault, read_csv
from skills_matrix.engine.columns import LEVELS
from skills_matrix.exchange.framework_file import Item, Link, Step

ITEM_COLUMNS = ("key", "parent", "title_ja", "title_en", "is_group")
STEP_PARTS = ("title_ja", "title_en", "text_ja", "text_en")
STEP_COLUMNS = tuple(f"level_{level}_{part}" for level in LEVELS for part in STEP_PARTS)
LINK_COLUMNS = ("earlier", "later", "most", "effective_from")
YES = {"1", "true", "yes", "はい", "○"}
NO = {"", "0", "false", "no", "いいえ"}


def read_items(data: bytes) -> tuple[list[Item], list[Fault]]:
    """The rows that can be read, and the faults of the others.

    Raises:
        InvalidCsv: the file as a whole cannot be read.
    """
    table = read_csv(data)
    faults = [*table.faults, *_unknown_columns(table, (*ITEM_COLUMNS, *STEP_COLUMNS))]
    faults += _missing_columns(table, ("key", "title_ja"))
    if faults:
        return [], faults
    items = []
    for line, row in _rows(table):
        is_group = row.get("is_group", "").lower()
        if is_group not in YES | NO:
            faults.append(_fault(line, "is_group", is_group, _("Write 1 for a heading, else 0.")))
            continue
        items.append(
            Item(
                key=row["key"],
                title_ja=row["title_ja"],
                title_en=row.get("title_en", ""),
                parent=row.get("parent", ""),
                is_group=is_group in YES,
                steps=tuple(_steps(row)),
                line=line,
            )
        )
    return items, faults


def read_links(data: bytes) -> tuple[list[Link], list[Fault]]:
    """As `read_items`, of mappings.

    Raises:
        InvalidCsv: the file as a whole cannot be read.
    """
    table = read_csv(data)
    faults = [*table.faults, *_unknown_columns(table, LINK_COLUMNS)]
    faults += _missing_columns(table, ("earlier", "later"))
    if faults:
        return [], faults
    links = []
    for line, row in _rows(table):
        most, begins = row.get("most", ""), row.get("effective_from", "")
        try:
            links.append(
                Link(
                    earlier=row["earlier"],
                    later=row["later"],
                    most=int(most) if most else None,
                    effective_from=date.fromisoformat(begins) if begins else None,
                    line=line,
                )
            )
        except ValueError:
            message = _("Write a level as a number, and a day as YYYY-MM-DD.")
            faults.append(_fault(line, "most", most or begins, message))
    return links, faults


def write_items(items: Iterable[Item]) -> str:
    """CSV text that `read_items` reads to the same items."""
    listed = list(items)
    columns = [*ITEM_COLUMNS, *(STEP_COLUMNS if any(item.steps for item in listed) else ())]
    return _written(columns, [_row_of(item) for item in listed])


def write_links(links: Iterable[Link]) -> str:
    """CSV text that `read_links` reads to the same links."""
    rows = [
        {
            "earlier": link.earlier,
            "later": link.later,
            "most": "" if link.most is None else str(link.most),
            "effective_from": link.effective_from.isoformat() if link.effective_from else "",
        }
        for link in links
    ]
    return _written(LINK_COLUMNS, rows)


def _row_of(item: Item) -> dict[str, str]:
    row = {
        "key": item.key,
        "parent": item.parent,
        "title_ja": item.title_ja,
        "title_en": item.title_en,
        "is_group": str(int(item.is_group)),
    }
    for step in item.steps:
        row |= {f"level_{step.level}_{part}": getattr(step, part) for part in STEP_PARTS}
    return row


def _steps(row: Mapping[str, str]) -> Iterable[Step]:
    for level in LEVELS:
        parts = {part: row.get(f"level_{level}_{part}", "") for part in STEP_PARTS}
        if any(parts.values()):
            yield Step(level=level, **parts)


def _rows(table: CsvTable) -> Iterable[tuple[int, dict[str, str]]]:
    for row in table.rows:
        yield row.line, dict(zip(table.header, map(str.strip, row.cells), strict=True))


def _unknown_columns(table: CsvTable, known: Iterable[str]) -> list[Fault]:
    message = _("No column is called so.")
    return [_fault(1, name, name, message) for name in table.header if name not in set(known)]


def _missing_columns(table: CsvTable, needed: Iterable[str]) -> list[Fault]:
    message = _("This column is missing.")
    return [_fault(1, name, "", message) for name in needed if name not in table.header]


def _fault(line: int, column: str, value: str, message: str) -> Fault:
    return Fault(line, column, value, "unreadable", message)


def _written(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
