"""How cells of the workbook look: by colour and by a sign, so that it reads in black and white."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from api.v1.skills.files.contents import CHANGE_TITLES
from api.v1.skills.files.streamed_rows import number_end, text_end
from skills_matrix.engine.arrays import ABSENT
from skills_matrix.engine.columns import LEVEL_MAX
from skills_matrix.engine.comparison import CHANGES

_LINE: Final = Side(style="thin", color="B3B3B3")
GRID: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
HEAD_FILL: Final = PatternFill("solid", fgColor="E8F1FE")
_MET, _ONE_SHORT, _LACKING, _NEVER = "E6F5EC", "FBF5E0", "FDEEEE", "F2F2F2"
_UP, _DOWN = "C2E5D1", "FFDADA"

# Sign before and after the level, and colour, of each change.
CHANGE_LOOKS: Final = {
    "rose": ("▲", _UP),
    "fell": ("▼", _DOWN),
    "appeared": ("＋", _MET),
    "ended": ("×", _LACKING),
}
# By levels missing: the sign behind the level, and the colour. Further ones as the last.
GAP_LOOKS: Final = {
    0: ("○", _MET),
    1: ("△1", _ONE_SHORT),
    **{gap: (f"×{gap}", _LACKING) for gap in range(2, LEVEL_MAX + 1)},
}
LEGEND: Final[tuple[tuple[int, int, Promise], ...]] = (
    (3, 0, gettext_lazy("Target reached")),
    (2, 1, gettext_lazy("One level short of the target")),
    (1, 2, gettext_lazy("Two or more levels short (the number behind the sign: how many)")),
    (ABSENT, 2, gettext_lazy("Never assessed, with a target")),
    (1, ABSENT, gettext_lazy("No target")),
)


class Styles:
    """The styles of one workbook, by number as its rows name them.

    A style is made by giving a cell of a sheet that is thrown away the looks of it.
    """

    def __init__(self, book: Workbook) -> None:
        self._sheet: Any = book.create_sheet("styles")
        self._ends: dict[tuple[float, int, int, bool], str] = {}
        self.text = self._style()
        self.bold = self._style(font=Font(bold=True), fill=HEAD_FILL)
        top = Alignment(vertical="top", wrap_text=True)
        self.head = self._style(font=Font(bold=True), fill=HEAD_FILL, alignment=top)
        # 255: one character under the other, as Japanese stands in narrow columns.
        down = Alignment(vertical="top", wrap_text=True, textRotation=255)
        self.upright = self._style(font=Font(bold=True), fill=HEAD_FILL, alignment=down)
        self.code = self._style(number_format="@")
        self.number = self._style(number_format="0", centred=True)
        self.mean = self._style(number_format="0.00", centred=True)
        self.share = self._style(number_format="0%", centred=True)
        self.side = self._style(number_format="General", centred=True)
        self._styles: dict[tuple[str, str], int] = {}
        self._make_looks()

    def _make_looks(self) -> None:
        """All there can be: rows are written when the styles already stand in the file."""
        for is_mean in (False, True):
            for level in (0, ABSENT):
                for gap in (*GAP_LOOKS, ABSENT):
                    self.cell_end(level, gap, None, is_mean)
                for change in (*range(len(CHANGES)), ABSENT):
                    self.cell_end(level, ABSENT, change, is_mean)

    def leave(self, book: Workbook) -> None:
        """Take the sheet of samples out; the styles stay."""
        book.remove(self._sheet)

    def cell_end(self, level: float, gap: int, change: int | None, is_mean: bool) -> str:
        """What follows the address in a cell of the matrix; each written once.

        Args:
            change: place in CHANGES, `ABSENT` = none; None = nothing is compared.
        """
        key = (level, gap, -2 if change is None else change, is_mean)
        if key not in self._ends:
            self._ends[key] = self._cell_end(level, gap, change, is_mean)
        return self._ends[key]

    def _cell_end(self, level: float, gap: int, change: int | None, is_mean: bool) -> str:
        number_format = "0.0" if is_mean else "0"
        if change is not None:
            if change == ABSENT:
                sign, colour = "", ""
            else:
                sign, colour = CHANGE_LOOKS[CHANGES[change]]
            if level == ABSENT:
                return text_end(sign, self._look("@", colour))
            before = f'"{sign}"{number_format}' if sign else number_format
            return number_end(level, self._look(before, colour))
        if level == ABSENT:
            if gap == ABSENT:
                return text_end("", self._look("@", ""))
            return text_end(_("none yet"), self._look("@", _NEVER))
        sign, colour = ("", "") if gap == ABSENT else GAP_LOOKS[gap]
        behind = f'{number_format}"{sign}"' if sign else number_format
        return number_end(level, self._look(behind, colour))

    def _look(self, number_format: str, colour: str) -> int:
        key = number_format, colour
        if key not in self._styles:
            fill = PatternFill("solid", fgColor=colour) if colour else None
            self._styles[key] = self._style(number_format=number_format, fill=fill, centred=True)
        return self._styles[key]

    def _style(
        self,
        *,
        font: Font | None = None,
        fill: PatternFill | None = None,
        number_format: str = "@",
        centred: bool = False,
        alignment: Alignment | None = None,
    ) -> int:
        cell = self._sheet.cell(1, 1)
        cell.style = "Normal"
        cell.border = GRID
        cell.number_format = number_format
        # Text stays text when somebody edits it, whatever it begins with.
        cell.quotePrefix = number_format == "@"
        cell.alignment = alignment or Alignment(
            horizontal="center" if centred else None, vertical="center"
        )
        if font:
            cell.font = font
        if fill:
            cell.fill = fill
        style: int = cell.style_id
        return style


def legend_lines(styles: Styles, found_is_compared: bool) -> list[tuple[str, str]]:
    """End of a sample cell, and what it says."""
    if found_is_compared:
        return [
            (styles.cell_end(ABSENT if name == "ended" else 3, ABSENT, kind, False), str(title))
            for kind, (name, title) in enumerate(CHANGE_TITLES.items())
        ]
    return [(styles.cell_end(level, gap, None, False), str(title)) for level, gap, title in LEGEND]
