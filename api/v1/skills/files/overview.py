"""The first sheet: what the workbook is, of which day, who made it, and what it adds up to."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl.styles import Font

from api.v1.skills.files.contents import CHANGE_TITLES, MatrixExport
from api.v1.skills.files.page import set_up_page, text_cell
from api.v1.skills.files.plain import frameworks_of
from api.v1.skills.files.streamed_rows import number_end, row_of, text_end
from api.v1.skills.files.styles import Styles, legend_lines
from courses.bilingual import in_language
from lms.people.calendar import OFFICE_ZONE
from skills_matrix.assessments.purposes import purpose_of
from skills_matrix.reports.grid import MatrixSums

LETTERS = "ABCDEFGHIJKLM"
_WIDTHS = (26, 44, 30, *[13] * 10)
_FIRST = 3
Line = list[str]


class Overview:
    """`sheets`: name and full title of each further sheet, in the order of the groups."""

    def __init__(self, export: MatrixExport, styles: Styles, sheets: list[tuple[str, str]]) -> None:
        self.export, self.styles, self.sheets = export, styles, sheets
        self.lines = list(self._lines())
        # Cell and what a click on it leads to.
        self.links: list[tuple[str, str]] = []

    def set_up(self, sheet: Any) -> None:
        cell = text_cell(sheet, 1, 1, _("Skills matrix"))
        cell.font = Font(bold=True, size=16)
        sheet.row_dimensions[1].height = 28
        text_cell(
            sheet,
            2,
            1,
            _("Personal information: for developing people only. Do not pass it on."),
        )
        for letter, width in zip(LETTERS, _WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width
        heads = [place for place, line in enumerate(self.lines) if line is self._sheet_head]
        for place, (name, _title) in enumerate(self.sheets):
            at = f"A{_FIRST + heads[0] + 1 + place}"
            quoted = name.replace("'", "''")
            self.links.append((at, f"'{quoted}'!A1"))
        sheet.sheet_view.showGridLines = False
        set_up_page(sheet, pages_wide=1, day=self._day(self.export.found.as_of))

    def rows(self) -> Iterator[str]:
        for number, line in enumerate(self.lines, start=_FIRST):
            ends = [*line, *[""] * (len(LETTERS) - len(line))]
            yield row_of(number, LETTERS, ends)

    # --- what stands in it ------------------------------------------------------------------

    def _lines(self) -> Iterator[Line]:
        yield []
        yield from self._facts()
        yield []
        yield self._head(_("Legend"), "")
        compared = self.export.found.compared_to is not None
        for sample, words in legend_lines(self.styles, compared):
            yield [sample, self._text(words)]
        yield []
        yield self._head(_("Level"), _("Meaning"))
        for step in self.export.found.scale:
            yield [
                self._number(step.level),
                self._text(f"{step.title}：{step.text}" if step.text else step.title),
            ]
        yield []
        yield self._head(_("Framework"), _("Name of it"), _("version"), _("sources"))
        for row in frameworks_of(self.export.found):
            note = in_language(row, "source_note")
            yield [self._text(text) for text in (row.key, row.title, row.version, note)]
        yield []
        self._sheet_head = self._head(_("Sheet"), _("Section or group"), "", *self._sum_heads())
        yield self._sheet_head
        for (name, title), group in zip(self.sheets, self.export.found.groups, strict=True):
            titles = [self._text(name), self._text(title), self._text("")]
            yield [*titles, *self._sums_of(group.sums, None)]
        titles = [self._text(_("All together")), self._text(""), self._text("")]
        yield [*titles, *self._sums_of(self.export.found.sums, None)]
        yield []
        yield self._head(_("Key of the column"), _("Name of it"), _("Heading"), *self._sum_heads())
        for place, column in enumerate(self.export.found.columns):
            heading = column.group.title if column.group else ""
            titles = [self._text(text) for text in (column.key, column.title, heading)]
            yield [*titles, *self._sums_of(self.export.found.sums, place)]

    def _facts(self) -> Iterator[Line]:
        found, export = self.export.found, self.export
        yield self._head(_("About this file"), "")
        yield self._fact(_("As of"), self._day(found.as_of))
        if found.compared_to is not None:
            yield self._fact(_("Compared with"), self._day(found.compared_to))
        yield self._fact(_("People (rows)"), found.count)
        if found.turnover is not None:
            yield self._fact(_("Joined since the earlier day"), found.turnover.joined)
            yield self._fact(_("Left since the earlier day"), found.turnover.left)
        yield self._fact(_("Number of columns"), len(found.columns))
        for title, value in export.conditions:
            yield self._fact(title, value)
        yield self._fact(_("Exported by"), export.by)
        at = date_format(export.at.astimezone(OFFICE_ZONE), "DATETIME_FORMAT")
        yield self._fact(_("Exported at"), at)
        yield self._fact(_("Logged as"), purpose_of("export:matrix"))

    def _sum_heads(self) -> list[str]:
        heads = [
            *(_("People"), _("Assessed"), _("With a target"), _("At the target")),
            *(_("Share at the target"), _("Mean level")),
        ]
        if self.export.found.compared_to is not None:
            heads += [str(title) for title in CHANGE_TITLES.values()]
        return heads

    def _sums_of(self, sums: MatrixSums, column: int | None) -> Line:
        """Of one column, or of all of them together."""
        if sums.is_suppressed:
            return [self._number(sums.people), self._text(_("withheld: too few people"))]
        at = slice(None) if column is None else slice(column, column + 1)
        assessed, asked, reached = (
            int(values[at].sum()) for values in (sums.assessed, sums.with_target, sums.at_target)
        )
        levels = float(np.nansum(sums.mean_level[at] * sums.assessed[at]))
        line = [self._number(value) for value in (sums.people, assessed, asked, reached)]
        line.append(number_end(reached / asked, self.styles.share) if asked else self._text(""))
        mean = number_end(round(levels / assessed, 3), self.styles.mean) if assessed else ""
        line.append(mean or self._text(""))
        if sums.changes is not None:
            line += [self._number(int(value)) for value in sums.changes[at].sum(axis=0)]
        return line

    def _head(self, *titles: str) -> Line:
        return [text_end(title, self.styles.bold) for title in titles]

    def _fact(self, title: str, value: str | int) -> Line:
        shown = self._number(value) if isinstance(value, int) else self._text(value)
        return [text_end(title, self.styles.bold), shown]

    def _text(self, value: str) -> str:
        return text_end(value, self.styles.text)

    def _number(self, value: int) -> str:
        return number_end(value, self.styles.number)

    def _day(self, moment: Any) -> str:
        return date_format(moment.astimezone(OFFICE_ZONE), "DATE_FORMAT")
