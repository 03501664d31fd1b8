"""The matrix as a file: chosen by Accept or ?format=."""

import tempfile
from collections.abc import Callable
from typing import IO

from django.http import FileResponse
from rest_framework.renderers import BaseRenderer

from api.v1.skills.files.contents import MatrixExport
from api.v1.skills.files.plain import write_csv, write_csv_cp932, write_json
from api.v1.skills.files.workbook import write_xlsx
from lms.people.calendar import office_today

_BIGGEST_IN_MEMORY = 1 << 20

Write = Callable[[MatrixExport, IO[bytes]], None]


class FileRenderer(BaseRenderer):
    """The view answers with `file` instead of data."""

    ending = ""
    content_type = ""
    # Whether rows come section by section when no other groups are asked for.
    is_grouped = False
    write: Write

    def file(self, export: MatrixExport) -> FileResponse:
        """The whole of it, written to disk and sent from there in pieces."""
        # The response closes it once it is sent.
        target = tempfile.SpooledTemporaryFile(max_size=_BIGGEST_IN_MEMORY)  # noqa: SIM115
        type(self).write(export, target)
        target.seek(0)
        return FileResponse(
            target,
            as_attachment=True,
            filename=f"skills-matrix-{office_today(export.found.as_of)}{self.ending}",
            content_type=self.content_type or self.media_type,
        )


class CsvRenderer(FileRenderer):
    media_type = "text/csv"
    format = "csv"
    ending = ".csv"
    write = staticmethod(write_csv)


class Cp932CsvRenderer(FileRenderer):
    # A type of its own to ask for, since */* would not match one with a charset.
    media_type = "text/x-csv-cp932"
    content_type = "text/csv; charset=windows-31j"
    format = "csv-cp932"
    ending = "-cp932.csv"
    write = staticmethod(write_csv_cp932)


class XlsxRenderer(FileRenderer):
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    format = "xlsx"
    ending = ".xlsx"
    is_grouped = True
    write = staticmethod(write_xlsx)


class JsonFileRenderer(FileRenderer):
    """Everybody in one document; plain JSON is a page."""

    media_type = "application/vnd.skills-matrix+json"
    format = "json-file"
    ending = ".json"
    write = staticmethod(write_json)
