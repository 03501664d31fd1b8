"""The sections, business processes and projects whose coverage somebody may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from lms.people.models import Department
from lms.people.selectors import department_paths
from skills_matrix.access import departments_covered_by, may_see_matrix
from skills_matrix.engine.schema import frame_from_rows
from skills_matrix.exceptions import UnknownFilterValue
from skills_matrix.processes.selectors import processes_on
from skills_matrix.projects.selectors import projects_asking

Kind = Literal["section", "process", "project"]


@dataclass(frozen=True)
class Unit:
    """A section, a business process or a project. `id` is its place in the list it came with.

    `department` None = a project of no one department. A project has members and no departments.
    """

    id: int
    kind: Kind
    key: str
    title: str
    department: Department | None
    process_id: int | None
    department_ids: frozenset[int]
    project_id: int | None = None


@dataclass(frozen=True)
class Units:
    """Processes, projects, then sections in the order of the office; the departments to choose."""

    listed: list[Unit]
    choices: list[tuple[Department, int]]

    @property
    def frame(self) -> pd.DataFrame:
        return frame_from_rows("units", [(unit.id, unit.kind) for unit in self.listed])

    @property
    def departments_frame(self) -> pd.DataFrame:
        return frame_from_rows(
            "unit_departments",
            [(unit.id, pk) for unit in self.listed for pk in sorted(unit.department_ids)],
        )

    @property
    def department_ids(self) -> set[int]:
        return {pk for unit in self.listed for pk in unit.department_ids}

    @property
    def processes(self) -> dict[int, int]:
        """Process id -> id of its unit."""
        return {unit.process_id: unit.id for unit in self.listed if unit.process_id is not None}

    @property
    def projects(self) -> dict[int, int]:
        """Project id -> id of its unit."""
        return {unit.project_id: unit.id for unit in self.listed if unit.project_id is not None}


def units_visible_to(
    viewer: Any,
    on: date,
    *,
    department: str = "",
    kind: str = "",
    key: str = "",
    with_projects: bool = False,
) -> Units:
    """The units in force on that day, narrowed by a department with those below it, kind and key.

    Args:
        with_projects: projects approved or running that day too; those of no one department are
            for whoever sees the whole matrix.

    Raises:
        PermissionDenied: the viewer sees no unit at all.
        UnknownFilterValue: there is no such department, or not for this viewer.
    """
    allowed = departments_covered_by(viewer, on)
    if not allowed:
        raise PermissionDenied
    paths = department_paths()
    lines = {pk: path for pk, path in paths.items() if pk in allowed}
    wanted = lines
    if department:
        wanted = {pk: path for pk, path in lines.items() if department in {row.key for row in path}}
        if not wanted:
            raise UnknownFilterValue(
                _("Nothing has the key “%(key)s”.") % {"key": department}, place="department"
            )
    below: dict[int, set[int]] = {}
    for pk, path in paths.items():
        for row in path:
            below.setdefault(row.pk, set()).add(pk)
    found: list[
        tuple[Kind, str, str, Department | None, int | None, frozenset[int], int | None]
    ] = [
        (
            "process",
            row.key,
            row.title,
            row.department,
            row.pk,
            frozenset(below[row.department_id]),
            None,
        )
        for row in processes_on(on)
        if row.department_id in wanted
    ]
    if with_projects:
        is_whole = may_see_matrix(viewer) and not department
        found += [
            ("project", row.key, row.title, row.department, None, frozenset(), row.pk)
            for row in projects_asking(on)
            if row.department_id in wanted or (is_whole and row.department_id is None)
        ]
    in_order = sorted(wanted.values(), key=lambda path: [row.key for row in path])
    found += [
        ("section", path[-1].key, path[-1].title, path[-1], None, frozenset({path[-1].pk}), None)
        for path in in_order
    ]
    return Units(
        [
            Unit(number, *values)
            for number, values in enumerate(
                row for row in found if kind in ("", row[0]) and key in ("", row[1])
            )
        ],
        _as_tree(lines.values()),
    )


def _as_tree(lines: Iterable[tuple[Department, ...]]) -> list[tuple[Department, int]]:
    """Departments with how far they stand below the highest that is shown."""
    in_order = sorted(lines, key=lambda path: [row.key for row in path])
    shown = {path[-1].pk for path in in_order}
    return [(path[-1], sum(row.pk in shown for row in path[:-1])) for path in in_order]
