"""What a file of the whole matrix costs: seconds and peak memory.

    python bench/matrix_excel.py [people] [competencies]

The office of `matrix_page.py`, by HTTP, everybody at once: first the page as JSON, to have the copy
made, then each file. Beside the workbook stands openpyxl's own streaming mode with as many styled
numbers, which is the least that a workbook cell by cell would cost.

Memory is what Python allocated at most while the file was made, in a second run of it. Everything
is rolled back. Only the ratios carry over from one machine to another.
"""

import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from django.core.management import call_command
from django.db import transaction
from django.test import Client
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import PatternFill

from bench.matrix_page import ADDRESS, make_office, once, said

FORMS = ("json-file", "csv", "csv-cp932", "xlsx")


def bare_workbook(rows: int, columns: int) -> None:
    """Styled numbers by openpyxl's streaming mode, nothing else."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("bare")
    fill = PatternFill("solid", fgColor="E6F5EC")
    for row in range(rows):
        cells = []
        for column in range(columns):
            cell: Any = WriteOnlyCell(sheet, (row + column) % 5)
            cell.fill = fill
            cells.append(cell)
        sheet.append(cells)
    with open("/dev/null", "wb") as nowhere:
        book.save(nowhere)


def peak_of(run: Callable[[], Any]) -> float:
    """Megabytes allocated at most."""
    tracemalloc.start()
    run()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def main(people: int = 5_000, competencies: int = 100) -> None:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        print(f"{people} people × {competencies} competencies")
        client = Client()
        client.force_login(make_office(people, competencies))

        def get(form: str, query: str = "") -> int:
            response = client.get(f"{ADDRESS}?framework=BM&format={form}&{query}")
            assert response.status_code == 200
            return sum(len(part) for part in response)

        get("json")
        bare = once(lambda: bare_workbook(people, competencies))
        said("openpyxl, numbers only", bare)
        for form in FORMS:
            beside = (bare, "openpyxl, numbers only") if form == "xlsx" else (None, "")
            said(f"{form}, {get(form) / 2**20:.1f} MB", once(lambda f=form: get(f)), *beside)
        said("xlsx, categories", once(lambda: get("xlsx", "collapse=true")))
        for form in FORMS:
            print(f"{form:34} {peak_of(lambda f=form: get(f)):8.0f} MB at most", flush=True)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:]))
