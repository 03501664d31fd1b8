"""Whose level falls or ends soon, to what, and what would renew it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import pandas as pd
from django.utils import timezone

from courses.models import Course
from lms.enrolment.selectors import open_course_ids
from lms.people.models import Department, Employee, Posting
from lms.people.selectors import postings_on
from skills_matrix.access import employees_with_skills_visible_to
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.chain import Chain, derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.competencies.selectors import ScaleStep, competencies_held, scale
from skills_matrix.engine.arrays import arrays_of, microseconds
from skills_matrix.engine.closing import closing_courses, demands_of
from skills_matrix.engine.falling import falling_levels
from skills_matrix.engine.keys import in_force
from skills_matrix.frames import courses_frame, frame_of_access, office_day
from skills_matrix.materialised.selectors import current_table, is_current
from skills_matrix.materialised.services import refresh_matrix
from skills_matrix.reports.covering import horizon_of
from skills_matrix.reports.units import units_visible_to
from skills_matrix.reports.values import rows_of

PAIR: Final = ["employee_id", "competency_id"]


@dataclass(frozen=True)
class Falling:
    """One row per person and competency. `falls_to` None = no level is left.

    `target` None = not asked for; `misses_target`: it is reached today and will not be then.
    `course` reaches the present level again, if one that is open to the person does;
    `by_project` = project work in the competency renews it.
    """

    employee: Employee
    posting: Posting
    competency: Competency
    level: int
    falls_at: datetime
    falls_to: int | None
    target: int | None
    course: Course | None
    by_project: bool
    misses_target: bool


@dataclass(frozen=True)
class FallingReport:
    count: int
    horizon_on: date
    rows: list[Falling]
    choices: list[tuple[Department, int]]
    scale: list[ScaleStep]


def falling_report(
    *,
    viewer: Any,
    days: int,
    department: str = "",
    only_targets: bool = False,
    page: int | None = 1,
    page_size: int = 50,
) -> FallingReport:
    """The soonest first. Looks at the people of the page are logged.

    Args:
        only_targets: only levels whose end makes a target missed.
        page: from 1; None = all, for files.

    Raises:
        PermissionDenied: the viewer sees no unit.
        UnknownFilterValue: there is no such department for the viewer.
    """
    now = timezone.now()
    on, until = office_day(now), horizon_of(now, days)
    units = units_visible_to(viewer, on, department=department, kind="section")
    mains = postings_on(on).filter(is_main=True, department__in=units.department_ids)
    staff = employees_with_skills_visible_to(viewer).filter(pk__in=mains.values("employee_id"))
    held = competencies_held(on)
    if not is_current(now=now):
        refresh_matrix(now=now)
    table = current_table(staff)
    soon = (table.expires_at <= microseconds(until)).any(axis=1)
    concerned = Employee.objects.filter(pk__in=table.employee_id[soon].tolist())
    chain = derive_chain(employees=concerned, competencies=held, as_of=now)
    falling = falling_levels(
        chain.evidence,
        chain.levels,
        until=until,
        minimum_assurance=chain.rule.minimum_assurance,
        rule=chain.rule.name,
    )
    rows = list(rows_of(falling.merge(chain.cells[[*PAIR, "target"]], on=PAIR, how="left")))
    if only_targets:
        rows = [row for row in rows if misses_target(row)]
    begin = 0 if page is None else (page - 1) * page_size
    shown = rows if page is None else rows[begin : begin + page_size]
    people = {row.employee_id for row in shown}
    log_skills_views(viewer=viewer, subject_ids=people, what="expiring")
    postings = {
        posting.employee_id: posting
        for posting in mains.filter(employee__in=people).select_related(
            "employee", "department", "tier"
        )
    }
    competencies = {row.pk: row for row in held}
    renewing = _renewing_courses(chain, shown, on, now)
    aged = aged_competencies(chain, now)
    return FallingReport(
        count=len(rows),
        horizon_on=on + timedelta(days=days),
        rows=[
            Falling(
                employee=postings[row.employee_id].employee,
                posting=postings[row.employee_id],
                competency=competencies[row.competency_id],
                level=row.level,
                falls_at=row.falls_at,
                falls_to=row.falls_to,
                target=row.target,
                misses_target=misses_target(row),
                course=renewing.get((row.employee_id, row.competency_id, row.level)),
                by_project=row.competency_id in aged,
            )
            for row in shown
        ],
        choices=units.choices,
        scale=scale(),
    )


def misses_target(row: Any) -> bool:
    """Of a row of `falling` with its target: it is reached today, and will not be then."""
    return row.target is not None and (row.falls_to or 0) < row.target <= row.level


def _renewing_courses(
    chain: Chain, rows: Sequence[Any], on: date, now: datetime
) -> dict[tuple[int, int, int], Course]:
    """Of each person, competency and level the course that shows that level again."""
    open_ids = open_course_ids({row.employee_id for row in rows}, on)
    courses = Course.objects.in_bulk({pk for ids in open_ids.values() for pk in ids})
    found = closing_courses(
        demands_of(
            pd.DataFrame(
                {
                    "competency_id": [row.competency_id for row in rows],
                    "level": [row.level for row in rows],
                }
            )
        ),
        chain.awards,
        courses_frame(courses.values()),
        frame_of_access(open_ids),
        as_of=now,
        minimum_assurance=chain.rule.minimum_assurance,
    )
    return {
        (row.employee_id, row.competency_id, row.level): courses[row.course_id]
        for row in rows_of(found)
    }


def aged_competencies(chain: Chain, now: datetime) -> set[int]:
    """Competencies whose evidence ages: project work renews it."""
    rules = arrays_of("ageing", chain.frames.ageing)
    holds = in_force(rules["effective_from"], rules["effective_until"], microseconds(now))
    return set(rules["competency_id"][holds].tolist())
