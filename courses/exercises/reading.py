"""A file as it was handed in → its rows. What it is, its bytes say; its name must agree. Pure."""

from courses.exercises.csv_file import read_csv
from courses.exercises.grid import Grid
from courses.exercises.limits import Limits
from courses.exercises.refusals import FileRefused
from courses.exercises.xlsx_file import read_xlsx

_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_NAMES = {"csv": ("csv", "txt", "tsv"), "xlsx": ("xlsx",)}
_FORMAT_NAMES = {"csv": "CSV", "xlsx": "Excel (.xlsx)"}


def read_grid(data: bytes, name: str, *, formats: tuple[str, ...], limits: Limits) -> Grid:
    """The rows of a CSV or Excel file.

    Args:
        name: the file's name, for its ending.
        formats: `csv`, `xlsx` or both.

    Raises:
        FileRefused: it cannot be read as a table, or is not of these kinds.
    """
    if not data.strip():
        raise FileRefused("empty")
    if len(data) > limits.file_bytes:
        raise FileRefused("too_large", limit=limits.file_bytes // 1024)
    if data.startswith(_OLE):
        # Old Excel, and new Excel behind a password.
        raise FileRefused("old_excel" if name.lower().endswith(".xls") else "damaged_excel")
    kind = "xlsx" if data.startswith(_ZIP) else "csv"
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending == "xlsm":
        raise FileRefused("excel_active")
    if data.startswith(_PDF) or ending not in {*_NAMES["csv"], *_NAMES["xlsx"]}:
        raise FileRefused("not_a_table")
    if ending not in _NAMES[kind]:
        raise FileRefused("not_as_named", ending=f".{ending}")
    if kind not in formats:
        wanted = ", ".join(_FORMAT_NAMES[item] for item in formats)
        raise FileRefused("format_not_wanted", formats=wanted)
    if kind == "xlsx":
        return read_xlsx(data, limits=limits)
    return read_csv(data, limits=limits)
