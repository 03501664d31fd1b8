"""The matrix as CSV and as one JSON document."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from api.v1.skills.files.contents import (
    MatrixExport,
    Value,
    blocks_of,
    change_words,
    numbers_of,
    person_heads,
    person_values,
)
from api.v1.skills.matrix_outputs import columns_out, group_out, rows_out, sums_out
from api.v1.skills.outputs import DayField, ScaleStepOut
from skills_matrix.reports.characters import ENCODING, as_cp932
from skills_matrix.reports.matrix import Matrix

# A spreadsheet takes text that starts so for a formula, whoever wrote it.
_FORMULA = re.compile(r"[=+\-@\t\r]")
_ROWS_AT_ONCE = 500
_day = DayField().to_representation


def harmless(value: Value) -> Value:
    """Text that a spreadsheet would run gets an apostrophe before it."""
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value


def head_of(found: Matrix) -> list[str]:
    """The titles of the columns."""
    titles: list[Any] = [block.title for block in blocks_of(found)]
    if found.cells.change is not None:
        titles.append(_("%(skill)s (change)"))
    return [
        *person_heads(),
        *(
            str(title) % {"skill": competency.title}
            for competency in found.columns
            for title in titles
        ),
    ]


def rows_of(found: Matrix) -> Iterator[list[Value]]:
    """One row a person; an empty level = never assessed, an empty target = not asked for."""
    blocks = [numbers_of(block.values) for block in blocks_of(found)]
    if found.cells.change is not None:
        words = change_words()
        blocks.append([words[kind] for kind in row] for row in found.cells.change.tolist())
    for row, *values in zip(found.rows, *blocks, strict=True):
        together = (value for of_one in zip(*values, strict=True) for value in of_one)
        yield [*person_values(row), *together]


def write_csv(export: MatrixExport, target: IO[bytes]) -> None:
    """UTF-8 with a byte-order mark, which Excel needs to read Japanese."""
    _write_csv(export.found, target, "utf-8-sig")


def write_csv_cp932(export: MatrixExport, target: IO[bytes]) -> None:
    """CP932, with what it cannot hold replaced as `characters` says."""
    _write_csv(export.found, target, ENCODING)


def _write_csv(found: Matrix, target: IO[bytes], encoding: str) -> None:
    def cell(value: Value) -> Value:
        if encoding == ENCODING and isinstance(value, str):
            value = as_cp932(value)
        return harmless(value)

    text = io.TextIOWrapper(target, encoding, newline="")
    writer = csv.writer(text)
    writer.writerow([cell(title) for title in head_of(found)])
    for row in rows_of(found):
        writer.writerow([cell(value) for value in row])
    text.detach()


def write_json(export: MatrixExport, target: IO[bytes]) -> None:
    """What the API gives for a page, but of everybody; person by person, as there are thousands."""
    found = export.found
    turnover = found.turnover
    head = {
        "as_of": _day(found.as_of),
        "compared_to": None if found.compared_to is None else _day(found.compared_to),
        "exported_at": export.at,
        "exported_by": export.by,
        "conditions": [{"title": title, "value": value} for title, value in export.conditions],
        "frameworks": [
            {"key": row.key, "title": row.title, "version": row.version}
            for row in frameworks_of(found)
        ],
        "count": found.count,
        "competencies": columns_out(found.columns),
        "scale": ScaleStepOut(found.scale, many=True).data,
        "summary": sums_out(found.sums),
        "groups": [group_out(group) for group in found.groups],
        "turnover": turnover and {"joined": turnover.joined, "left": turnover.left},
    }
    text = io.TextIOWrapper(target, "utf-8", newline="")
    text.write(_json(head)[:-1] + ', "people": [')
    for begin in range(0, len(found.rows), _ROWS_AT_ONCE):
        end = begin + _ROWS_AT_ONCE
        part = replace(found, rows=found.rows[begin:end], cells=found.cells.rows(begin, end))
        for number, person in enumerate(rows_out(part), start=begin):
            text.write(("\n" if number == 0 else ",\n") + _json(person))
    text.write("\n]}\n")
    text.detach()


def frameworks_of(found: Matrix) -> list[Any]:
    """Of the columns, each once."""
    return list({column.framework.pk: column.framework for column in found.columns}.values())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
