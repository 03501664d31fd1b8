"""The board: what each project waits for, whose turn it is, and since when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q

from lms.oversight.heads import department_heads
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.people.selectors import department_paths, employee_of
from skills_matrix.engine.benefits import Benefit
from skills_matrix.projects.access import Who, may_lead, parts_by_project
from skills_matrix.projects.ledger import DueMeasurement, benefits_of, measurements_due
from skills_matrix.projects.models import Project, ProjectMember, ProjectStep
from skills_matrix.projects.selectors import facts_by_project, facts_of
from skills_matrix.projects.steps import STEPS, Step, step_onward, step_takes

Status = Project.Status


@dataclass(frozen=True)
class Card:
    """A project on the board.

    `step` is what it waits for, None = nothing; `missing` are keys of `steps.MISSING`. `since`:
    when it came to where it is; None = no log says so. `is_mine`: the viewer proposed it or works
    in it; `is_my_turn`: the step, or a measurement that is due, is the viewer's.
    """

    project: Project
    taken: int
    since: datetime | None
    step: Step | None
    missing: tuple[str, ...]
    benefit: Benefit
    due: list[DueMeasurement]
    is_mine: bool
    is_my_turn: bool


def cards_of(viewer: Any, projects: Iterable[Project]) -> list[Card]:
    """In the order of the projects; the number of queries depends on nothing."""
    rows = list(projects)
    ids = [row.pk for row in rows]
    parts, facts, benefits = (
        parts_by_project(viewer, rows),
        facts_by_project(rows),
        benefits_of(rows),
    )
    present = Q(members__left_on=None) & ~Q(members__part=ProjectMember.Part.MENTOR)
    taken = dict(
        Project.objects.filter(pk__in=ids)
        .order_by()
        .annotate(taken=Count("members", filter=present))
        .values_list("pk", "taken")
    )
    since = dict(
        ProjectStep.objects.filter(project__in=ids)
        .order_by()
        .values("project_id")
        .annotate(since=Max("made_at"))
        .values_list("project_id", "since")
    )
    own = employee_of(viewer)
    worked = set(
        ProjectMember.objects.filter(project__in=ids, employee=own).values_list(
            "project_id", flat=True
        )
        if own
        else ()
    )
    due: dict[int, list[DueMeasurement]] = {}
    for one in measurements_due(office_today()):
        due.setdefault(one.project.pk, []).append(one)
    found = []
    for row in rows:
        step, own_parts = step_onward(row.status), parts[row.pk]
        is_due = bool(due.get(row.pk)) and may_lead(own_parts)
        found.append(
            Card(
                project=row,
                taken=taken[row.pk],
                since=since.get(row.pk),
                step=step,
                missing=_missing(step, facts[row.pk]),
                benefit=benefits[row.pk],
                due=due.get(row.pk, []),
                is_mine=row.pk in worked or Who.PROPOSER in own_parts,
                is_my_turn=is_due or (step is not None and step_takes(step, own_parts)),
            )
        )
    return found


@dataclass(frozen=True)
class Way:
    """A step that leads on from where a project is, whoever may take it.

    `people`: who that is by name, of each part; the DX office has no names, it is an office.
    """

    step: Step
    missing: tuple[str, ...]
    people: dict[Who, list[Employee]]


def ways_on(project: Project, *, names_people: bool) -> list[Way]:
    """Every step of the table from the project's status, in its order."""
    steps = [one for one in STEPS if one.source == project.status]
    if not steps:
        return []
    facts = facts_of(project)
    people = _people_of(project) if names_people else {}
    return [
        Way(
            step=one,
            missing=_missing(one, facts),
            people={who: people.get(who, []) for who in Who if who in one.who},
        )
        for one in steps
    ]


def _people_of(project: Project) -> dict[Who, list[Employee]]:
    leads = project.members.filter(part=ProjectMember.Part.LEAD, left_on=None)
    return {
        Who.PROPOSER: [project.proposed_by] if project.proposed_by else [],
        Who.LEAD: [row.employee for row in leads.select_related("employee")],
        Who.HEAD: _heads_of(project),
    }


def _heads_of(project: Project) -> list[Employee]:
    """Of the department, or the nearest above it that has a head."""
    if project.department_id is None:
        return []
    heads = department_heads(office_today())
    line = reversed(department_paths()[project.department_id])
    nearest = next((heads[row.pk] for row in line if heads.get(row.pk)), set())
    return list(Employee.objects.filter(pk__in=nearest).order_by("staff_number"))


def _missing(step: Step | None, facts: Collection[str]) -> tuple[str, ...]:
    return tuple(key for key in step.requires if key not in facts) if step else ()
