"""My skills: every competency I have a level in, believe in, or am asked for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from courses.models import Course
from lms.enrolment.selectors import courses_open_to
from lms.people.models import Employee
from skills_matrix.assessments.models import Assessment
from skills_matrix.campaigns.selectors import hidden_targets_of
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Assurance, Competency
from skills_matrix.competencies.selectors import ScaleStep, competencies_held, scale
from skills_matrix.engine.closing import closing_courses, demands_of
from skills_matrix.frames import course_access_frame, courses_frame, office_day
from skills_matrix.reports.values import rows_of


@dataclass(frozen=True)
class Source:
    """Where a level came from. `title` is the course, or the kind of judgement."""

    kind: str
    title: str
    achieved_at: datetime
    assurance: Assurance


@dataclass(frozen=True)
class SkillRow:
    """One row per competency. `level` None = never assessed; `target` None = not asked for."""

    competency: Competency
    level: int | None
    self_level: int | None
    target: int | None
    gap: int | None
    since: datetime | None
    expires_at: datetime | None
    source: Source | None
    closing_course: Course | None

    @property
    def standing(self) -> str:
        """met, one_short or lacking against the target; empty without one."""
        if self.target is None or self.gap is None:
            return ""
        if self.gap == 0:
            return "met"
        return "one_short" if self.gap == 1 and self.level is not None else "lacking"


@dataclass(frozen=True)
class MySkills:
    """`are_targets_hidden`: some are, until the person's self-assessment is handed in."""

    as_of: datetime
    scale: list[ScaleStep]
    rows: list[SkillRow]
    are_targets_hidden: bool = False

    def count(self, standing: str) -> int:
        return sum(row.standing == standing for row in self.rows)


def my_skills(*, employee: Employee, as_of: datetime) -> MySkills:
    """The person's own row of the matrix, with where each level came from and what closes a gap."""
    competencies = competencies_held(office_day(as_of))
    chain = derive_chain(
        employees=Employee.objects.filter(pk=employee.pk), competencies=competencies, as_of=as_of
    )
    courses = list(courses_open_to(employee, office_day(as_of)))
    wanted = chain.cells[chain.cells["gap"].fillna(0) > 0]
    closing = closing_courses(
        demands_of(
            pd.DataFrame({"competency_id": wanted["competency_id"], "level": wanted["target"]})
        ),
        chain.awards,
        courses_frame(courses),
        course_access_frame(employee, courses),
        as_of=as_of,
        minimum_assurance=chain.rule.minimum_assurance,
    )
    # Titles of courses the person holds a level from, whether they may take them today or not.
    named = {course.pk: course for course in courses}
    hidden = hidden_targets_of(employee, office_day(as_of))
    cells = [_without_target(cell, hidden) for cell in rows_of(chain.cells)]
    missing = {cell.course_id for cell in cells if cell.course_id is not None} - named.keys()
    earned = named | {course.pk: course for course in Course.objects.filter(pk__in=missing)}
    closes = {(row.competency_id, row.level): named[row.course_id] for row in rows_of(closing)}
    by_id = {competency.pk: competency for competency in competencies}
    rows = [
        SkillRow(
            competency=by_id[cell.competency_id],
            level=cell.level,
            self_level=cell.self_level,
            target=cell.target,
            gap=cell.gap,
            since=cell.since,
            expires_at=cell.expires_at,
            source=_source(cell, earned),
            closing_course=(closes.get((cell.competency_id, cell.target)) if cell.gap else None),
        )
        for cell in cells
    ]
    order = {pk: n for n, pk in enumerate(by_id)}
    rows.sort(key=lambda row: order[row.competency.pk])
    return MySkills(as_of=as_of, scale=scale(), rows=rows, are_targets_hidden=bool(hidden))


def _without_target(cell: Any, hidden: set[int]) -> Any:
    """A target is not shown before the person has said what they believe."""
    if cell.competency_id in hidden:
        cell.target = cell.gap = None
    return cell


def _source(cell: Any, courses: dict[int, Course]) -> Source | None:
    if cell.level is None:
        return None
    title = (
        courses[cell.course_id].title
        if cell.course_id is not None
        else str(Assessment.Kind(cell.kind).label)
    )
    return Source(
        kind=cell.source,
        title=title,
        achieved_at=cell.achieved_at,
        assurance=Assurance(cell.assurance),
    )
