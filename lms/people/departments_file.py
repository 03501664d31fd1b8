"""The file of the office's departments: its columns and the tree they make. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.people.cells import Column, RowReader, lay_out, read_key, read_keys, read_title
from lms.people.csv_table import CsvTable, Fault

DEPARTMENT_COLUMNS = (
    Column("code", "コード", is_required=True),
    Column("title", "名称", is_required=True),
    Column("title_en", "名称（英語）"),
    Column("parent", "親コード"),
    Column("measures", "担当施策"),
)


@dataclass(frozen=True)
class DepartmentState:
    """One row per department, by keys. `parent` "" = at the top."""

    key: str
    title_ja: str
    title_en: str = ""
    parent: str = ""
    measures: tuple[str, ...] = ()


def read_departments(
    table: CsvTable, known: Mapping[str, DepartmentState], *, ignored: Iterable[str] = ()
) -> tuple[dict[int, DepartmentState], list[Fault]]:
    """The departments of the file by line, and every fault of it.

    A column that the file does not have leaves what is `known`. The tree is checked as it will be:
    the file's rows over the known ones.
    """
    layout, faults = lay_out(table, DEPARTMENT_COLUMNS, ignored)
    if faults:
        return {}, faults
    readers = [RowReader(row, layout) for row in table.rows]
    states: dict[int, DepartmentState] = {}
    first_lines: dict[str, int] = {}
    for reader in readers:
        line = reader.row.line
        states[line] = state = _read_department(reader, known)
        if state.key in first_lines:
            reader.refuse(
                "code",
                state.key,
                "repeated_code",
                _("Line %(line)d has the same code.") % {"line": first_lines[state.key]},
            )
        elif state.key:
            first_lines[state.key] = line
    parents = {key: state.parent for key, state in known.items()}
    parents |= {state.key: state.parent for state in states.values() if state.key}
    for reader in readers:
        _check_place(reader, states[reader.row.line], parents)
    faults = [*table.faults, *(fault for reader in readers for fault in reader.faults)]
    return states, sorted(faults, key=lambda fault: fault.line)


def _read_department(reader: RowReader, known: Mapping[str, DepartmentState]) -> DepartmentState:
    key = reader.require("code", read_key, "")
    before = known.get(key, DepartmentState(key, ""))
    has = reader.layout.has
    return DepartmentState(
        key=key,
        title_ja=reader.require("title", read_title, ""),
        title_en=reader.take("title_en", read_title, "") if has("title_en") else before.title_en,
        parent=reader.take("parent", read_key, "") if has("parent") else before.parent,
        measures=reader.take("measures", read_keys, ()) if has("measures") else before.measures,
    )


def _check_place(reader: RowReader, state: DepartmentState, parents: Mapping[str, str]) -> None:
    """A parent must exist, and the way up must end."""
    if state.parent and state.parent not in parents:
        reader.refuse(
            "parent",
            state.parent,
            "unknown_parent",
            _("There is no %(code)s.") % {"code": state.parent},
        )
        return
    above = state.parent
    seen: list[str] = []
    while above and above not in seen:
        if above == state.key:
            reader.refuse(
                "parent",
                state.parent,
                "cycle",
                _("The department would stand below itself (%(line)s).")
                % {"line": " → ".join([state.key, *seen, above])},
            )
            return
        seen.append(above)
        above = parents.get(above, "")
