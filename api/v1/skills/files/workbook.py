"""The matrix as a workbook: an overview, then a sheet for each section or group."""

import tempfile
from collections.abc import Iterator
from typing import IO, Any

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from api.v1.skills.files.contents import (
    CHANGE_TITLES,
    MatrixExport,
    blocks_of,
    numbers_of,
    person_heads,
    person_values,
)
from api.v1.skills.files.overview import Overview
from api.v1.skills.files.page import set_up_page, text_cell
from api.v1.skills.files.sheet_names import sheet_names
from api.v1.skills.files.streamed_rows import number_end, row_of, save_with_rows, text_end
from api.v1.skills.files.styles import GRID, HEAD_FILL, Styles
from lms.people.calendar import OFFICE_ZONE
from lms.people.models import Department
from lms.people.selectors import department_paths
from skills_matrix.engine.comparison import CHANGES
from skills_matrix.reports.columns import Column
from skills_matrix.reports.matrix import MatrixGroup

_BIGGEST_IN_MEMORY = 1 << 20
_HEAD_ROWS = 2
_PERSON_WIDTHS = (11, 16, 18, 18, 12, 20)
_LEVEL_WIDTH, _MEAN_WIDTH = 5.5, 6.5
# Characters that one sheet of A4 on its side holds while it can still be read.
_WIDTH_OF_PAPER = 230


def write_xlsx(export: MatrixExport, target: IO[bytes]) -> None:
    """The whole workbook; rows go to the file as they are made. Nothing in it is a formula."""
    book = Workbook()
    overview_title = _("Overview")
    titles = [_title_of(group) for group in export.found.groups]
    names = sheet_names(titles, taken=[overview_title])
    overview_sheet: Any = book.active
    overview_sheet.title = overview_title
    styles = Styles(book)
    paths = department_paths()
    rows: dict[str, Iterator[str]] = {}
    for name, group in zip(names, export.found.groups, strict=True):
        section = _Section(export, group, styles, _path_of(group, paths))
        section.set_up(book.create_sheet(name))
        rows[name] = section.rows()
    full = [_path_of(group, paths) for group in export.found.groups]
    overview = Overview(export, styles, list(zip(names, full, strict=True)))
    overview.set_up(overview_sheet)
    rows[overview_title] = overview.rows()
    styles.leave(book)
    book.properties.creator = export.by
    book.properties.title = _("Skills matrix")
    with tempfile.SpooledTemporaryFile(max_size=_BIGGEST_IN_MEMORY) as through:
        links = {overview_title: overview.links}
        save_with_rows(book, rows, links=links, through=through, target=target)


def _title_of(group: MatrixGroup) -> str:
    return group.titled.title if group.titled else _("none of them")


def _path_of(group: MatrixGroup, paths: dict[int, tuple[Department, ...]]) -> str:
    if isinstance(group.titled, Department):
        return " ".join(row.title for row in paths[group.titled.pk])
    return _title_of(group)


class _Section:
    """One sheet: two rows of heads, a row for each person, and the sums below."""

    def __init__(
        self, export: MatrixExport, group: MatrixGroup, styles: Styles, title: str
    ) -> None:
        self.found, self.group, self.styles, self.title = export.found, group, styles, title
        self.columns: list[Column] = self.found.columns
        self.people = person_heads()
        self.blocks = blocks_of(self.found)
        self.is_mean = self.found.cells.lowest is not None
        width = len(self.people) + len(self.columns) * len(self.blocks)
        self.letters = [get_column_letter(number) for number in range(1, width + 1)]

    @property
    def last_row(self) -> int:
        return _HEAD_ROWS + self.group.count

    @property
    def shown(self) -> int:
        """Columns that are not folded away."""
        return len(self.people) + len(self.columns)

    def set_up(self, sheet: Any) -> None:
        day = date_format(self.found.as_of.astimezone(OFFICE_ZONE), "DATE_FORMAT")
        people = _("%(count)d people") % {"count": self.group.count}
        sheet.append([f"{self.title}　{people}　{_('as of %(day)s') % {'day': day}}"])
        sheet["A1"].font = Font(bold=True, size=12)
        sheet["A1"].data_type = "s"
        sheet.row_dimensions[1].height = 20
        self._group_heads(sheet)
        self._widths(sheet)
        sheet.freeze_panes = "C3"
        sheet.auto_filter.ref = f"A{_HEAD_ROWS}:{self.letters[-1]}{self.last_row}"
        sheet.sheet_view.zoomScale = 90
        self._print(sheet, day)

    def _group_heads(self, sheet: Any) -> None:
        """Above neighbouring columns their heading; above what is folded away, what it is."""
        at = len(self.people) + 1
        for begin, title in self._spans():
            self._over(sheet, at + begin, title)
        for place, block in enumerate(self.blocks[1:], start=1):
            begin = at + place * len(self.columns)
            if self.columns:
                self._over(sheet, begin, str(block.label))

    def _spans(self) -> Iterator[tuple[int, str]]:
        begin = 0
        titles = [column.group.title if column.group else "" for column in self.columns]
        for place in range(1, len(titles) + 1):
            if place == len(titles) or titles[place] != titles[begin]:
                yield begin, titles[begin]
                begin = place

    def _over(self, sheet: Any, begin: int, title: str) -> None:
        cell = text_cell(sheet, 1, begin, title)
        cell.font, cell.fill, cell.border = Font(bold=True, size=9), HEAD_FILL, GRID

    def _head_row(self) -> str:
        titles = [column.title for column in self.columns] * len(self.blocks)
        ends = [text_end(title, self.styles.head) for title in self.people]
        ends += [text_end(title, self.styles.upright) for title in titles]
        longest = max(map(len, titles), default=0)
        # Points of a line of upright text as LibreOffice draws it, and room for the filter's arrow.
        height = min(max(longest * 15 + 24, 40), 300)
        return row_of(_HEAD_ROWS, self.letters, ends, height=height)

    def _widths(self, sheet: Any) -> None:
        for letter, width in zip(self.letters, _PERSON_WIDTHS, strict=False):
            sheet.column_dimensions[letter].width = width
        cell_width: float = _MEAN_WIDTH if self.is_mean else _LEVEL_WIDTH
        for letter in self.letters[len(self.people) :]:
            sheet.column_dimensions[letter].width = cell_width
        # Folded away; one click on the + above opens them.
        for letter in self.letters[self.shown :]:
            sheet.column_dimensions[letter].outlineLevel = 1
            sheet.column_dimensions[letter].hidden = True
        sheet.sheet_properties.outlinePr.summaryRight = False

    def _print(self, sheet: Any, day: str) -> None:
        sheet.print_title_rows = f"1:{_HEAD_ROWS}"
        sheet.print_title_cols = "A:B"
        last = self.last_row + 1 + len(self._sums())
        sheet.print_area = f"A1:{self.letters[self.shown - 1]}{last}"
        width = sum(_PERSON_WIDTHS) + len(self.columns) * _LEVEL_WIDTH
        set_up_page(sheet, pages_wide=max(1, round(width / _WIDTH_OF_PAPER)), day=day)

    def rows(self) -> Iterator[str]:
        yield self._head_row()
        begin, end = self.group.start, self.group.start + self.group.count
        cells = self.found.cells.rows(begin, end)
        levels = cells.level.round(1) if self.is_mean else cells.level
        changes = None if cells.change is None else cells.change.tolist()
        sides = [numbers_of(block.values[begin:end]) for block in self.blocks[1:]]
        styles = self.styles
        for number, (row, own, gaps, *others) in enumerate(
            zip(
                self.found.rows[begin:end],
                levels.tolist(),
                cells.gap.tolist(),
                *sides,
                strict=True,
            )
        ):
            ends = [
                text_end(value, styles.code if place == 0 else styles.text)
                for place, value in enumerate(person_values(row))
            ]
            kinds = [None] * len(own) if changes is None else changes[number]
            ends += [
                styles.cell_end(level, gap, change, self.is_mean)
                for level, gap, change in zip(own, gaps, kinds, strict=True)
            ]
            for other in others:
                ends += ["" if value is None else number_end(value, styles.side) for value in other]
            yield row_of(_HEAD_ROWS + 1 + number, self.letters, ends)
        for number, (title, ends) in enumerate(self._sums(), start=self.last_row + 2):
            before = [text_end(title, styles.bold), *[""] * (len(self.people) - 1)]
            after = [""] * (len(self.letters) - self.shown)
            yield row_of(number, self.letters, [*before, *ends, *after])

    def _sums(self) -> list[tuple[str, list[str]]]:
        """What stands under the people, as on the page."""
        sums, styles = self.group.sums, self.styles
        if sums.is_suppressed:
            return []
        asked = sums.with_target
        with np.errstate(invalid="ignore"):
            share = np.where(asked > 0, sums.at_target / np.maximum(asked, 1), np.nan)
        lines = [
            (_("Assessed"), sums.assessed, styles.number),
            (_("With a target"), asked, styles.number),
            (_("At the target"), sums.at_target, styles.number),
            (_("Share at the target"), share, styles.share),
            (_("Mean level"), sums.mean_level.round(3), styles.mean),
        ]
        if sums.changes is not None:
            lines += [
                (str(CHANGE_TITLES[name]), sums.changes[:, kind], styles.number)
                for kind, name in enumerate(CHANGES)
            ]
        return [
            (title, ["" if value != value else number_end(value, style) for value in of.tolist()])
            for title, of, style in lines
        ]
