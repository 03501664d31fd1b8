"""My skills: every competency I have a level in, believe in, or am asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import pandas as pd

from courses.models import Course
from lms.enrolment.models import Enrolment
from lms.enrolment.selectors import courses_open_to
from lms.people.models import Employee
from skills_matrix.assessments.models import Assessment
from skills_matrix.campaigns.selectors import hidden_targets_of
from skills_matrix.chain import Chain, derive_chain
from skills_matrix.competencies.models import Assurance, Competency, Framework
from skills_matrix.competencies.selectors import ScaleStep, competencies_held, scale
from skills_matrix.engine.closing import closing_courses, demands_of
from skills_matrix.engine.falling import falling_levels
from skills_matrix.engine.showing import showing_projects
from skills_matrix.engine.standing import category_standings
from skills_matrix.frames import (
    course_access_frame,
    courses_frame,
    needs_frame,
    office_day,
    relevance_frame,
)
from skills_matrix.projects.models import Project
from skills_matrix.projects.selectors import projects_to_suggest
from skills_matrix.reports.cell import raised_otherwise
from skills_matrix.reports.covering import horizon_of
from skills_matrix.reports.expiring import PAIR, aged_competencies, misses_target
from skills_matrix.reports.values import rows_of

SOON: Final = timedelta(days=180)


@dataclass(frozen=True)
class Source:
    """Where a level came from. `title` is the course, or the kind of judgement."""

    kind: str
    title: str
    achieved_at: datetime
    assurance: Assurance


@dataclass(frozen=True)
class SkillRow:
    """One row per competency. `level` None = never assessed; `target` None = not asked for.

    Of a gap: `closing_course` reaches the target, work in `closing_project` would show it, and
    `raise_otherwise` says what does where there is no course.
    """

    competency: Competency
    level: int | None
    self_level: int | None
    target: int | None
    gap: int | None
    since: datetime | None
    expires_at: datetime | None
    source: Source | None
    closing_course: Course | None
    is_taking: bool
    closing_project: Project | None
    raise_otherwise: str

    @property
    def standing(self) -> str:
        """met, one_short or lacking against the target; empty without one."""
        if self.target is None or self.gap is None:
            return ""
        if self.gap == 0:
            return "met"
        return "one_short" if self.gap == 1 and self.level is not None else "lacking"


@dataclass(frozen=True)
class ExpiringSkill:
    """A level that does not hold until the horizon. `falls_to` None = no level is left.

    `course` shows the level again; `by_project` = project work in the competency renews it.
    """

    competency: Competency
    level: int
    falls_at: datetime
    falls_to: int | None
    course: Course | None
    by_project: bool
    misses_target: bool

    @property
    def last_day(self) -> date:
        """The last day of the office on which the level holds for some time."""
        return office_day(self.falls_at - timedelta(microseconds=1))


@dataclass(frozen=True)
class CategoryStanding:
    """The competencies with a target below one heading. `mean_level` None = none is assessed."""

    category: Competency
    framework: Framework
    targeted: int
    assessed: int
    at_target: int
    mean_level: float | None
    mean_target: float


@dataclass(frozen=True)
class MySkills:
    """`are_targets_hidden`: some are, until the person's self-assessment is handed in."""

    as_of: datetime
    scale: list[ScaleStep]
    rows: list[SkillRow]
    categories: list[CategoryStanding]
    expiring: list[ExpiringSkill]
    expiring_until: date
    are_targets_hidden: bool = False

    def count(self, standing: str) -> int:
        return sum(row.standing == standing for row in self.rows)


@dataclass(frozen=True)
class _Ways:
    """What reaches a level, by competency id and level."""

    courses: Mapping[tuple[int, int], Course]
    projects: Mapping[tuple[int, int], Project]
    taking: set[int]


def my_skills(*, employee: Employee, as_of: datetime) -> MySkills:
    """The person's own row of the matrix, with where each level came from and what closes a gap.

    The number of queries does not depend on the number of skills or gaps.
    """
    today = office_day(as_of)
    competencies = competencies_held(today)
    chain = derive_chain(
        employees=Employee.objects.filter(pk=employee.pk), competencies=competencies, as_of=as_of
    )
    horizon = horizon_of(as_of, SOON.days)
    falling = falling_levels(
        chain.evidence,
        chain.levels,
        until=horizon,
        minimum_assurance=chain.rule.minimum_assurance,
        rule=chain.rule.name,
    )
    hidden = hidden_targets_of(employee, today)
    matrix = _without_targets(chain.cells, hidden)
    open_courses = list(courses_open_to(employee, today))
    ways = _ways(employee, chain, matrix, falling, open_courses, as_of)
    by_id = {competency.pk: competency for competency in competencies}
    cells = list(rows_of(matrix))
    earned = _courses_earned_from(cells, open_courses)
    order = {pk: n for n, pk in enumerate(by_id)}
    cells.sort(key=lambda cell: order[cell.competency_id])
    return MySkills(
        as_of=as_of,
        scale=scale(),
        rows=[
            _row(cell, by_id[cell.competency_id], earned, ways, chain.rule.minimum_assurance)
            for cell in cells
        ],
        categories=_categories(matrix, chain, by_id),
        expiring=_expiring(falling, chain, matrix, by_id, ways, as_of),
        expiring_until=today + SOON,
        are_targets_hidden=bool(hidden),
    )


def _ways(
    employee: Employee,
    chain: Chain,
    matrix: pd.DataFrame,
    falling: pd.DataFrame,
    courses: Sequence[Course],
    as_of: datetime,
) -> _Ways:
    """Of every gap and of every level that falls soon, in one go."""
    wanted = matrix[matrix["gap"].fillna(0) > 0]
    gaps = pd.DataFrame({"competency_id": wanted["competency_id"], "level": wanted["target"]})
    by_course = closing_courses(
        demands_of(gaps, falling),
        chain.awards,
        courses_frame(courses),
        course_access_frame(employee, courses),
        as_of=as_of,
        minimum_assurance=chain.rule.minimum_assurance,
    )
    projects = projects_to_suggest()
    by_project = showing_projects(
        demands_of(gaps), needs_frame(projects), chain.frames.people, relevance_frame(projects)
    )
    open_courses = {course.pk: course for course in courses}
    open_projects = {project.pk: project for project in projects}
    return _Ways(
        courses={
            (row.competency_id, row.level): open_courses[row.course_id]
            for row in rows_of(by_course)
        },
        projects={
            (row.competency_id, row.level): open_projects[row.project_id]
            for row in rows_of(by_project)
        },
        taking=set(
            Enrolment.objects.filter(employee=employee, course__in=open_courses)
            .order_by()
            .values_list("course_id", flat=True)
        ),
    )


def _courses_earned_from(cells: Sequence[Any], known: Sequence[Course]) -> dict[int, Course]:
    """Courses the person holds a level from, whether they may take them today or not."""
    named = {course.pk: course for course in known}
    missing = {cell.course_id for cell in cells if cell.course_id is not None} - named.keys()
    return named | {course.pk: course for course in Course.objects.filter(pk__in=missing)}


def _row(
    cell: Any,
    competency: Competency,
    earned: Mapping[int, Course],
    ways: _Ways,
    minimum_assurance: int,
) -> SkillRow:
    demand = (cell.competency_id, cell.target)
    course = ways.courses.get(demand) if cell.gap else None
    return SkillRow(
        competency=competency,
        level=cell.level,
        self_level=cell.self_level,
        target=cell.target,
        gap=cell.gap,
        since=cell.since,
        expires_at=cell.expires_at,
        source=_source(cell, earned),
        closing_course=course,
        is_taking=course is not None and course.pk in ways.taking,
        closing_project=ways.projects.get(demand) if cell.gap else None,
        raise_otherwise=(
            raised_otherwise(cell.level, minimum_assurance) if cell.gap and course is None else ""
        ),
    )


def _expiring(
    falling: pd.DataFrame,
    chain: Chain,
    matrix: pd.DataFrame,
    competencies: Mapping[int, Competency],
    ways: _Ways,
    as_of: datetime,
) -> list[ExpiringSkill]:
    aged = aged_competencies(chain, as_of)
    return [
        ExpiringSkill(
            competency=competencies[row.competency_id],
            level=row.level,
            falls_at=row.falls_at,
            falls_to=row.falls_to,
            course=ways.courses.get((row.competency_id, row.level)),
            by_project=row.competency_id in aged,
            misses_target=misses_target(row),
        )
        for row in rows_of(falling.merge(matrix[[*PAIR, "target"]], on=PAIR, how="left"))
    ]


def _categories(
    matrix: pd.DataFrame, chain: Chain, competencies: Mapping[int, Competency]
) -> list[CategoryStanding]:
    """In the order of the list."""
    headings = {
        row.parent.pk: (row.parent, row.framework) for row in competencies.values() if row.parent
    }
    standings = {
        row.category_id: row
        for row in rows_of(category_standings(matrix, chain.frames.competencies))
    }
    return [
        CategoryStanding(
            category=heading,
            framework=framework,
            targeted=row.targeted,
            assessed=row.assessed,
            at_target=row.at_target,
            mean_level=row.mean_level,
            mean_target=row.mean_target,
        )
        for pk, (heading, framework) in headings.items()
        if (row := standings.get(pk))
    ]


def _without_targets(cells: pd.DataFrame, hidden: set[int]) -> pd.DataFrame:
    """A target is not shown before the person has said what they believe."""
    shown = ~cells["competency_id"].isin(hidden)
    return cells.assign(target=cells["target"].where(shown), gap=cells["gap"].where(shown))


def _source(cell: Any, courses: Mapping[int, Course]) -> Source | None:
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
