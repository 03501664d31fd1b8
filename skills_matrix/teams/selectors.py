"""What the composer knows of the office, and what it found, with names."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import pandas as pd
from django.db.models import Q, QuerySet
from django.utils import timezone

from lms.people.models import Department, Employee, JobTier, Posting
from lms.people.selectors import postings_on
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.engine.arrays import ABSENT
from skills_matrix.engine.table import SkillTable
from skills_matrix.engine.teams.appraise import Appraisal, Breach, TeamView
from skills_matrix.engine.teams.problem import TeamProblem, Wanted, WantedSkill, team_problem
from skills_matrix.engine.teams.relax import Impossible
from skills_matrix.engine.teams.rules import Place, TeamRules
from skills_matrix.frames import office_day, people_frame
from skills_matrix.materialised.selectors import current_table, is_current
from skills_matrix.materialised.services import refresh_matrix
from skills_matrix.projects.access import may_run_projects, require_run_projects
from skills_matrix.projects.models import Project, ProjectMember, ProjectNeed
from skills_matrix.suggestions.models import SuggestionAnswer
from skills_matrix.suggestions.selectors import pairs_that_said
from skills_matrix.teams.models import TeamRequest
from skills_matrix.teams.records import appraisal_of, breaches_of, impossible_of

Choice = SuggestionAnswer.Choice

# Projects that are agreed on and not over: those that people give hours to.
TO_STAFF = (Project.Status.APPROVED, Project.Status.RUNNING)
MOST_FOUND = 20


def projects_to_staff() -> QuerySet[Project]:
    """Agreed on, not over, and short of people or not."""
    return Project.objects.filter(status__in=TO_STAFF).order_by("key")


def requests_visible_to(viewer: Any) -> QuerySet[TeamRequest]:
    """All for the DX office, newest first; for anybody else none."""
    rows = TeamRequest.objects.select_related(
        "asked_by__employee", "job", "earlier"
    ).prefetch_related("projects", "adoptions")
    return rows if may_run_projects(viewer) else rows.none()


def rules_of(request: TeamRequest) -> TeamRules:
    """The rules as the engine takes them."""
    return TeamRules(
        **request.rules
        | {
            "critical": frozenset(request.rules.get("critical", ())),
            "concessions": {place_of(one): one.given for one in concessions_of(request)},
        }
    )


def concessions_of(request: TeamRequest) -> tuple[Breach, ...]:
    """Where the rules give way in this composition, and how far."""
    return breaches_of(request.rules.get("concessions", []))


def place_of(breach: Breach) -> Place:
    return breach.rule, breach.project_id, breach.employee_id, breach.subject_id


def members_today(on: date) -> QuerySet[ProjectMember]:
    """Of projects that people give hours to."""
    return ProjectMember.objects.filter(
        Q(left_on=None) | Q(left_on__gt=on), project__status__in=TO_STAFF
    )


def problem_of(request: TeamRequest, *, as_of: datetime | None = None) -> TeamProblem:
    """The question as the office stands. The number of queries is fixed.

    Everybody with a main posting may be chosen. Who is in a team already stays in it; hours
    promised to other projects that are not over are taken.

    Args:
        as_of: whose levels are derived; None = now, where the matrix is read that is there already.
    """
    on = office_day(as_of or timezone.now())
    projects = list(request.projects.order_by("pk"))
    ids = [project.pk for project in projects]
    needs = list(ProjectNeed.objects.filter(project__in=ids))
    people, levels = _office({need.competency_id for need in needs}, as_of)
    known = set(people["employee_id"].tolist())
    members = members_today(on).values_list(
        "employee_id", "project_id", "hours_per_week", "project__hours_per_week"
    )
    pinned = {(who, where) for who, where, *_ in members if where in ids and who in known}
    taken: dict[int, int] = {}
    for who, where, own, usual in members:
        if where not in ids:
            taken[who] = taken.get(who, 0) + (usual if own is None else own)
    chosen = list(request.choices.values_list("employee_id", "project_id", "is_in"))
    pinned |= {(who, where) for who, where, is_in in chosen if is_in and who in known}
    return team_problem(
        people=people,
        levels=levels,
        projects=[Wanted(one.pk, one.places, one.hours_per_week) for one in projects],
        needs=[
            WantedSkill(
                *(need.project_id, need.competency_id, need.level, need.is_must), need.headcount
            )
            for need in needs
        ],
        taken=taken,
        pinned=pinned,
        # A match that its person hides is no secret of a team either, whatever the rules say.
        forbidden={(who, where) for who, where, is_in in chosen if not is_in}
        | (pairs_that_said(Choice.HIDDEN, ids) - pinned),
        refused=pairs_that_said(Choice.NOT_FOR_ME, ids),
    )


def _office(
    competency_ids: set[int], as_of: datetime | None
) -> tuple[pd.DataFrame, pd.DataFrame | SkillTable]:
    """Everybody with a main posting, and their levels in these competencies."""
    now = as_of or timezone.now()
    if as_of is None:
        if not is_current(now=now):
            refresh_matrix(now=now)
        table = current_table(levels_only=True)
        # A project may still ask for a competency that the matrix no longer has.
        if competency_ids <= set(table.competency_id.tolist()):
            return people_frame(Employee.objects.all(), office_day(now)), table
    chain = derive_chain(
        employees=Employee.objects.all(),
        competencies=Competency.objects.filter(pk__in=competency_ids),
        as_of=now,
    )
    return chain.frames.people, chain.levels


@dataclass(frozen=True)
class Names:
    """Everything an answer names, by id."""

    projects: dict[int, Project]
    people: dict[int, Employee]
    competencies: dict[int, Competency]
    sections: dict[int, Department]
    tiers: dict[int, JobTier]
    section_of: dict[int, Department]


@dataclass(frozen=True)
class Found:
    """What was found, and the names in it; `appraisal` None = nothing yet."""

    request: TeamRequest
    appraisal: Appraisal | None
    impossible: tuple[Impossible, ...]
    names: Names


def teams_found(request: TeamRequest) -> Found:
    """The answer as it stands. The number of queries is fixed."""
    record = request.answer
    appraisal = None if record is None else appraisal_of(record)
    impossible = () if record is None else impossible_of(record)
    breaches = [
        *concessions_of(request),
        *(appraisal.breaches if appraisal else ()),
        *(breach for one in impossible for way in one.relaxations for breach in way.breaches),
    ]
    teams = appraisal.teams if appraisal else ()
    return Found(request, appraisal, impossible, _names(request, teams, breaches))


def merged_names(first: Names, second: Names) -> Names:
    """What two answers name together."""
    return Names(
        **{
            field.name: {**getattr(first, field.name), **getattr(second, field.name)}
            for field in fields(Names)
        }
    )


def people_to_choose(*, viewer: Any, search: str, on: date) -> tuple[list[Posting], bool]:
    """Main postings of the first people by name, kana or staff number; whether there are more.

    Raises:
        PermissionDenied: the account may not run projects.
    """
    require_run_projects(viewer)
    words = Q()
    for word in search.split():
        words &= (
            Q(employee__name__icontains=word)
            | Q(employee__kana__icontains=word)
            | Q(employee__staff_number=word)
        )
    found = list(
        postings_on(on)
        .filter(words, is_main=True)
        .select_related("employee", "department")
        .order_by("employee__kana", "employee__staff_number")[: MOST_FOUND + 1]
    )
    return found[:MOST_FOUND], len(found) > MOST_FOUND


def people_in(found: Found) -> list[int]:
    """Ids of everybody whose skills the answer tells."""
    return sorted(found.names.people)


def _names(request: TeamRequest, teams: Iterable[TeamView], breaches: Iterable[Breach]) -> Names:
    teams, breaches = list(teams), list(breaches)
    people = {one for team in teams for one in team.employee_ids}
    people |= {breach.employee_id for breach in breaches} - {ABSENT}
    subjects = {breach.subject_id for breach in breaches} - {ABSENT}
    skills = {need.competency_id for team in teams for need in team.needs} | subjects
    postings = (
        postings_on(office_day(request.found_at or request.asked_at))
        .filter(is_main=True, employee__in=people)
        .select_related("department")
    )
    return Names(
        projects={one.pk: one for one in request.projects.all()},
        people=Employee.objects.in_bulk(people),
        competencies=Competency.objects.in_bulk(skills),
        sections=Department.objects.in_bulk(subjects),
        tiers=JobTier.objects.in_bulk(subjects),
        section_of={row.employee_id: row.department for row in postings},
    )
