"""Courses taken → competencies gained → people in projects → hours saved, link by link."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Course
from lms.people.models import Employee
from skills_matrix.access import (
    employees_with_skills_visible_to,
    groups_withheld_from,
    may_see_matrix,
    smallest_group_for,
)
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.benefits import Benefit, Saving, Total, totals
from skills_matrix.exceptions import NotVisible
from skills_matrix.frames import midnight, office_day
from skills_matrix.projects.access import may_run_projects, projects_visible_to
from skills_matrix.projects.ledger import benefits_of, yearly_savings_of
from skills_matrix.projects.models import Project, ProjectMember, ProjectNeed
from skills_matrix.reports.values import rows_of

# What somebody says of themselves, and what never held, is no link of the chain.
_NO_LINK: Final = frozenset({"withdrawn", "superseded"})
_SELF: Final = "self"


@dataclass(frozen=True)
class Link:
    """One piece of evidence of a member in a skill the project needs, gained by its end.

    `course` None = it came from a judgement, whose `kind` says which.
    """

    competency: Competency
    level: int
    kind: str
    achieved_at: datetime
    course: Course | None
    holds: bool


@dataclass(frozen=True)
class MemberLinks:
    member: ProjectMember
    links: list[Link]


@dataclass(frozen=True)
class ValueChain:
    """One project. `unnamed` members are there whose skills the viewer may not see.

    `courses` and `competencies` count distinct ones of a person, of the members named.
    """

    project: Project
    members: list[MemberLinks]
    unnamed: int
    courses: int
    competencies: int
    benefit: Benefit


@dataclass(frozen=True)
class YearOfChain:
    """The projects measured in a fiscal year. Counts are None where they would tell of a person.

    People count once, courses and competencies once for each person.
    """

    fiscal_year: int
    people: int | None
    courses: int | None
    competencies: int | None
    total: Total


def value_chain(*, viewer: Any, key: str) -> ValueChain:
    """The chain of one project; every look at somebody's evidence is logged.

    Raises:
        NotVisible: there is no such project, or not for this viewer; it does not say which.
    """
    project = (
        projects_visible_to(viewer)
        .exclude(status=Project.Status.TEMPLATE)
        .select_related("department", "lead_role")
        .filter(key=key)
        .first()
    )
    if project is None:
        raise NotVisible(_("No such project."))
    members = list(project.members.select_related("employee").order_by("joined_on", "pk"))
    visible = set(
        employees_with_skills_visible_to(viewer)
        .filter(pk__in=[row.employee_id for row in members])
        .values_list("pk", flat=True)
    )
    named = [row for row in members if row.employee_id in visible]
    links = _links([project], named)
    log_skills_views(
        viewer=viewer, subject_ids=sorted(visible), what=f"value-chain:{project.key}"[:64]
    )
    shown = [MemberLinks(row, links.get(row.pk, [])) for row in named]
    return ValueChain(
        project=project,
        members=shown,
        unnamed=len({row.employee_id for row in members} - visible),
        courses=len(_courses(shown)),
        competencies=len(_competencies(shown)),
        benefit=benefits_of([project])[project.pk],
    )


def value_chain_by_year(*, viewer: Any) -> list[YearOfChain]:
    """The whole office, without names, the earliest year first.

    Raises:
        PermissionDenied: the viewer neither runs the projects nor sees the matrix.
    """
    found = []
    for year in _years_of_chain(viewer):
        tells = len(year.people) >= smallest_group_for(viewer)
        found.append(
            YearOfChain(
                fiscal_year=year.fiscal_year,
                people=len(year.people) if tells else None,
                courses=len(_courses(year.team)) if tells else None,
                competencies=len(_competencies(year.team)) if tells else None,
                total=totals(("", saving) for saving in year.savings.values())[""],
            )
        )
    return found


@dataclass(frozen=True)
class CountedCourse:
    """`people` took it; None = too few to be told."""

    course: Course
    people: int | None


@dataclass(frozen=True)
class CountedCompetency:
    """`people` gained it; None = too few to be told."""

    competency: Competency
    people: int | None


@dataclass(frozen=True)
class CountedProject:
    """Staffed by `people`, who are in everybody's sight as places taken."""

    project: Project
    people: int
    saving: Saving


@dataclass(frozen=True)
class ListsOfYear:
    """What the counts of a `YearOfChain` count. `is_told` False: too few people, no list but
    that of the projects, which are everybody's to see."""

    fiscal_year: int
    is_told: bool
    courses: list[CountedCourse]
    competencies: list[CountedCompetency]
    projects: list[CountedProject]


def value_chain_lists(*, viewer: Any, fiscal_year: int) -> ListsOfYear:
    """What the numbers of that year count; the most people first.

    Raises:
        PermissionDenied: as `value_chain_by_year`.
        NotVisible: nothing was measured in that year.
    """
    years = (one for one in _years_of_chain(viewer) if one.fiscal_year == fiscal_year)
    year = next(years, None)
    if year is None:
        raise NotVisible(_("Nothing was measured in this fiscal year."))
    is_told = len(year.people) >= smallest_group_for(viewer)
    links = [(row.member.employee_id, link) for row in year.team for link in row.links]
    courses = {link.course.pk: link.course for _one, link in links if link.course}
    competencies = {link.competency.pk: link.competency for _one, link in links}
    pairs = _courses(year.team), _competencies(year.team)
    by_course, by_competency = (_counted(viewer, year.people, one) for one in pairs)
    members = [(row.member.project_id, row.member.employee_id) for row in year.team]
    return ListsOfYear(
        fiscal_year=fiscal_year,
        is_told=is_told,
        courses=[CountedCourse(courses[pk], count) for pk, count in by_course] if is_told else [],
        competencies=[CountedCompetency(competencies[pk], count) for pk, count in by_competency]
        if is_told
        else [],
        projects=[
            CountedProject(project, len({one for pk, one in members if pk == project.pk}), saving)
            for project, saving in year.savings.items()
        ],
    )


def _counted(
    viewer: Any, everybody: frozenset[int], pairs: Iterable[tuple[int, int]]
) -> list[tuple[int, int | None]]:
    """Id of what people have -> how many people, by the one rule of small groups; most first."""
    people: dict[int, set[int]] = {}
    for employee_id, pk in pairs:
        people.setdefault(pk, set()).add(employee_id)
    groups = {pk: frozenset(found) for pk, found in sorted(people.items())}
    withheld = set(groups_withheld_from(viewer, {0: everybody, **groups})) - {0}
    told = sorted(
        (pk for pk in groups if pk not in withheld), key=lambda pk: (-len(groups[pk]), pk)
    )
    if len(withheld) == 1 and told:
        # The sum of all is on the page: one alone would be what is left of it.
        withheld.add(told.pop())
    # By their id where the number is not told: the order would tell it.
    return [*((pk, len(groups[pk])) for pk in told), *((pk, None) for pk in sorted(withheld))]


@dataclass(frozen=True)
class _Year:
    """The projects measured in a year, their savings, and everybody who was in them."""

    fiscal_year: int
    savings: dict[Project, Saving]
    team: list[MemberLinks]

    @property
    def people(self) -> frozenset[int]:
        return frozenset(row.member.employee_id for row in self.team)


def _years_of_chain(viewer: Any) -> list[_Year]:
    """The earliest first.

    Raises:
        PermissionDenied: the viewer neither runs the projects nor sees the matrix.
    """
    if not (may_run_projects(viewer) or may_see_matrix(viewer)):
        raise PermissionDenied
    projects = {
        row.pk: row
        for row in Project.objects.exclude(status=Project.Status.TEMPLATE).order_by("key")
    }
    by_year: dict[int, dict[Project, Saving]] = {}
    for project_id, years in sorted(yearly_savings_of(projects.values()).items()):
        for year, saving in years.items():
            by_year.setdefault(year, {})[projects[project_id]] = saving
    measured = list({row for savings in by_year.values() for row in savings})
    members = list(ProjectMember.objects.filter(project__in=measured).select_related("employee"))
    links = _links(measured, members)
    return [
        _Year(
            fiscal_year=year,
            savings=savings,
            team=[
                MemberLinks(row, links.get(row.pk, []))
                for row in members
                if row.project_id in {one.pk for one in savings}
            ],
        )
        for year, savings in sorted(by_year.items())
    ]


def _courses(team: Iterable[MemberLinks]) -> set[tuple[int, int]]:
    """Person and course."""
    return {
        (row.member.employee_id, link.course.pk)
        for row in team
        for link in row.links
        if link.course
    }


def _competencies(team: Iterable[MemberLinks]) -> set[tuple[int, int]]:
    """Person and competency."""
    return {(row.member.employee_id, link.competency.pk) for row in team for link in row.links}


def _links(projects: Sequence[Project], members: Sequence[ProjectMember]) -> dict[int, list[Link]]:
    """Member id -> evidence, the earliest first. The number of queries depends on nothing."""
    now = timezone.now()
    held = competencies_held(office_day(now))
    names = {row.pk: row for row in held}
    needs: dict[int, set[int]] = {row.pk: set() for row in projects}
    for need in ProjectNeed.objects.filter(project__in=projects):
        needs[need.project_id].add(need.competency_id)
    ends = {
        row.pk: midnight(row.ends_on + timedelta(days=1)) if row.ends_on else now
        for row in projects
    }
    chain = derive_chain(
        employees=Employee.objects.filter(pk__in={row.employee_id for row in members}),
        competencies=held,
        as_of=now,
    )
    by_person: dict[int, list[Any]] = {}
    for row in rows_of(chain.evidence.sort_values("achieved_at", kind="stable")):
        if row.state not in _NO_LINK and row.kind != _SELF and row.level:
            by_person.setdefault(row.employee_id, []).append(row)
    ids = {row.course_id for rows in by_person.values() for row in rows if row.course_id}
    courses = Course.objects.in_bulk(ids)
    return {
        member.pk: [
            Link(
                competency=names[row.competency_id],
                level=row.level,
                kind=row.kind,
                achieved_at=row.achieved_at,
                course=courses.get(row.course_id),
                holds=row.is_valid,
            )
            for row in by_person.get(member.employee_id, ())
            if row.competency_id in needs[member.project_id]
            and row.competency_id in names
            and (row.kind == "project" or row.achieved_at < ends[member.project_id])
        ]
        for member in members
    }
