"""How a person's levels rose and fell, and who looked at them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import mean

from django.db.models import QuerySet

from lms.people.calendar import fiscal_year
from lms.people.models import Employee
from skills_matrix.assessments.models import SkillsView
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.columns import LEVELS
from skills_matrix.frames import midnight, office_day

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


def looks_at(employee: Employee) -> QuerySet[SkillsView]:
    """Who looked at the person's skills, latest first; nobody's own looks are among them."""
    return (
        SkillsView.objects.filter(subject=employee)
        .select_related("viewer", "viewer__employee")
        .order_by("-seen_at", "-pk")
    )
