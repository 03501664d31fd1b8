"""A sheet of the workbook as it is printed, and cells of text in it."""

from typing import Any

from django.utils.translation import gettext as _
from openpyxl.worksheet.properties import PageSetupProperties


def text_cell(sheet: Any, row: int, column: int, title: str) -> Any:
    """A cell that is text, even when it begins like a formula."""
    cell = sheet.cell(row, column, title)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def set_up_page(sheet: Any, *, pages_wide: int, day: str) -> None:
    """A4 on its side, as wide as so many sheets, with what it is above and the page below."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages_wide, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.oddHeader.left.text = f"{_('Skills matrix')}　&A"
    sheet.oddHeader.right.text = _("as of %(day)s") % {"day": day}
    sheet.oddFooter.left.text = _("Personal information: handle with care")
    sheet.oddFooter.right.text = "&P / &N"
