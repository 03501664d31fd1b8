"""How a person's levels rose and fell, and by what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import mean
from typing import Any

from courses.models import Course
from lms.people.calendar import fiscal_year
from lms.people.models import Employee
from skills_matrix.assessments.models import Assessment
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.columns import LEVELS
from skills_matrix.engine.steps import level_steps
from skills_matrix.frames import midnight, office_day
from skills_matrix.reports.values import rows_of

YEARS = 3


@dataclass(frozen=True)
class TrendGroup:
    """Mean level of what is held below one heading."""

    group: Competency
    mean_level: float


@dataclass(frozen=True)
class TrendPoint:
    """A person's levels at the beginning of a day: how many at each level, and in each group.

    `groups`: only headings below which something is held.
    """

    on: date
    levels: dict[int, int]
    groups: list[TrendGroup]


@dataclass(frozen=True)
class LevelStep:
    """One change of one level. `before` None = none until then, `after` None = none is left.

    `title`: the course or the kind of judgement behind it. `is_end`: that ended, rather than came.
    """

    at: datetime
    competency: Competency
    before: int | None
    after: int | None
    kind: str
    title: str
    course: Course | None
    is_end: bool


@dataclass(frozen=True)
class LevelCount:
    """How many competencies stand at each level at the end of a day."""

    on: date
    levels: dict[int, int]


@dataclass(frozen=True)
class LevelHistory:
    """By the rules of today. `steps`: latest first; `counts`: of each day with a step, and today.

    Without any step there are no counts.
    """

    steps: list[LevelStep]
    counts: list[LevelCount]


def level_history(*, employee: Employee, as_of: datetime) -> LevelHistory:
    """Every step of every level until now. The number of queries does not depend on them."""
    competencies = competencies_held(office_day(as_of))
    chain = derive_chain(
        employees=Employee.objects.filter(pk=employee.pk), competencies=competencies, as_of=as_of
    )
    frame = level_steps(
        chain.evidence,
        as_of=as_of,
        minimum_assurance=chain.rule.minimum_assurance,
        rule=chain.rule.name,
    )
    rows = sorted(rows_of(frame), key=lambda row: (row.at, row.competency_id))
    by_id = {row.pk: row for row in competencies}
    courses = Course.objects.in_bulk({row.course_id for row in rows if row.course_id is not None})
    steps = [_step(row, by_id, courses) for row in rows]
    return LevelHistory(steps=steps[::-1], counts=_counts(steps, office_day(as_of)))


def _step(
    row: Any, competencies: Mapping[int, Competency], courses: Mapping[int, Course]
) -> LevelStep:
    course = courses.get(row.course_id)
    return LevelStep(
        at=row.at,
        competency=competencies[row.competency_id],
        before=row.before,
        after=row.after,
        kind=row.kind,
        title=course.title if course else str(Assessment.Kind(row.kind).label),
        course=course,
        is_end=row.is_end,
    )


def _counts(steps: Iterable[LevelStep], today: date) -> list[LevelCount]:
    """The steps, earliest first, added up day by day."""
    found: dict[date, dict[int, int]] = {}
    levels = dict.fromkeys(LEVELS, 0)
    for step in steps:
        levels = dict(levels)
        if step.before is not None:
            levels[step.before] -= 1
        if step.after is not None:
            levels[step.after] += 1
        found[office_day(step.at)] = levels
    if found:
        found[today] = levels
    return [LevelCount(on=day, levels=counts) for day, counts in found.items()]


def skill_trend(*, employee: Employee, as_of: datetime, years: int = YEARS) -> list[TrendPoint]:
    """The ends of the last fiscal years and today, oldest first, each by the rules of its day."""
    today = office_day(as_of)
    this_year = fiscal_year(today)
    ends = [date(this_year - back, 3, 31) for back in range(years - 1, -1, -1)]
    moments = [(end, midnight(end + timedelta(days=1))) for end in ends if end < today]
    return [_point(employee, day, moment) for day, moment in (*moments, (today, as_of))]


def _point(employee: Employee, day: date, moment: datetime) -> TrendPoint:
    competencies = competencies_held(office_day(moment))
    chain = derive_chain(
        employees=Employee.objects.filter(pk=employee.pk), competencies=competencies, as_of=moment
    )
    held = chain.cells[chain.cells["level"].notna()]
    levels = held["level"].value_counts()
    parents = {row.pk: row.parent for row in competencies}
    by_group: dict[int, list[int]] = {}
    groups: dict[int, Competency] = {}
    for competency_id, level in zip(held["competency_id"], held["level"], strict=True):
        parent = parents[int(competency_id)]
        if parent is not None:
            groups[parent.pk] = parent
            by_group.setdefault(parent.pk, []).append(int(level))
    return TrendPoint(
        on=day,
        levels={level: int(levels.get(level, 0)) for level in LEVELS},
        groups=[TrendGroup(groups[pk], mean(found)) for pk, found in sorted(by_group.items())],
    )
