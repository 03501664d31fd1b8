"""Who is in a project, and what their work in it shows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from lms.people.models import Employee
from lms.people.selectors import employee_of
from skills_matrix.assessments.models import Assessment
from skills_matrix.assessments.services import record_judgements
from skills_matrix.engine.columns import LEVELS
from skills_matrix.exceptions import ProjectRefused
from skills_matrix.projects.access import may_lead, parts_of
from skills_matrix.projects.models import Project, ProjectMember

MEMBER_CONFIRMED = "lms_skills.member_confirmed"
CONFIRMATION_WITHDRAWN = "lms_skills.confirmation_withdrawn"

Status = Project.Status
_JOINABLE = (Status.APPROVED, Status.RUNNING)
_DONE = (Status.MEASURED, Status.CLOSED)


@transaction.atomic
def add_member(
    *,
    project: Project,
    employee: Employee,
    part: str,
    joined_on: date,
    by: Any,
    hours_per_week: int | None = None,
) -> ProjectMember:
    """Take somebody in. The lead is a place like any other; mentors take none.

    Raises:
        ProjectRefused: `not_allowed`; `not_open`; `already_member`; `two_leads`; `full`.
    """
    row = _led(project, by)
    if row.status not in _JOINABLE:
        raise ProjectRefused("not_open")
    present = row.members.filter(left_on=None)
    if present.filter(employee=employee).exists():
        raise ProjectRefused("already_member", place="employee")
    if part == ProjectMember.Part.LEAD and present.filter(part=part).exists():
        raise ProjectRefused("two_leads", place="part")
    takes_place = part != ProjectMember.Part.MENTOR
    taken = present.exclude(part=ProjectMember.Part.MENTOR).count()
    if takes_place and taken >= row.places:
        raise ProjectRefused("full")
    return ProjectMember.objects.create(
        project=row,
        employee=employee,
        part=part,
        joined_on=joined_on,
        hours_per_week=hours_per_week,
    )


@transaction.atomic
def end_membership(*, member: ProjectMember, left_on: date, by: Any) -> ProjectMember:
    """Note that somebody has left; the stretch stays.

    Raises:
        ProjectRefused: `not_allowed`; `ends_too_early` before they joined.
    """
    _led(member.project, by)
    if left_on < member.joined_on:
        raise ProjectRefused("ends_too_early", place="left_on")
    member.left_on = left_on
    member.save(update_fields=["left_on"])
    return member


@transaction.atomic
def confirm_member(
    *, member: ProjectMember, part: str, levels: Mapping[str, int], by: Any, note: str = ""
) -> ProjectMember:
    """The lead, or the DX office, says what the member did and which levels that work showed.

    Each level becomes a judgement with the assurance of a project's outcome, which also renews
    a skill held before. Only skills that the project needed can be shown by it.

    Args:
        levels: competency key -> level shown; a skill left out was not shown.

    Raises:
        ProjectRefused: `not_allowed`; `own_work`; `not_measured`; `confirmed`; `two_leads`;
            `level`, then `place` is the competency's key.
    """
    row = _led(member.project, by)
    held = ProjectMember.objects.select_for_update().get(pk=member.pk)
    own = employee_of(by)
    if own is not None and own.pk == held.employee_id:
        raise ProjectRefused("own_work")
    if row.status not in _DONE:
        raise ProjectRefused("not_measured")
    if held.confirmed_at is not None:
        raise ProjectRefused("confirmed")
    rivals = row.members.filter(part=ProjectMember.Part.LEAD, left_on=None).exclude(pk=held.pk)
    if part == ProjectMember.Part.LEAD and held.left_on is None and rivals.exists():
        raise ProjectRefused("two_leads", place="part")
    needed = {
        need.competency.key: need.competency for need in row.needs.select_related("competency")
    }
    for key, level in levels.items():
        if key not in needed or level not in LEVELS or level == LEVELS[0]:
            raise ProjectRefused("level", place=key)
    now = timezone.now()
    judgements = record_judgements(
        employee_id=held.employee_id,
        levels={needed[key].pk: level for key, level in levels.items()},
        kind=Assessment.Kind.PROJECT,
        assessor=by,
        at=now,
        note=f"{row.key} {note}".strip(),
    )
    held.part, held.confirmed_at, held.confirmed_by = part, now, by
    held.save(update_fields=["part", "confirmed_at", "confirmed_by"])
    held.evidence.set(judgements)
    data = {"staff_number": held.employee.staff_number, "part": part, "levels": dict(levels)}
    log(instance=row, action=MEMBER_CONFIRMED, user=by, data=data)
    return held


@transaction.atomic
def withdraw_confirmation(*, member: ProjectMember, by: Any, reason: str) -> ProjectMember:
    """Take a confirmation back with its judgements, as if it had never been; the log keeps it.

    Raises:
        ProjectRefused: `not_allowed`; `own_work`; `not_confirmed`; `no_reason`.
    """
    row = _led(member.project, by)
    held = ProjectMember.objects.select_for_update().get(pk=member.pk)
    own = employee_of(by)
    if own is not None and own.pk == held.employee_id:
        raise ProjectRefused("own_work")
    if held.confirmed_at is None:
        raise ProjectRefused("not_confirmed")
    if not reason.strip():
        raise ProjectRefused("no_reason", place="reason")
    judgements = list(held.evidence.select_related("competency"))
    data = {
        "staff_number": held.employee.staff_number,
        "levels": {one.competency.key: one.level for one in judgements},
        "reason": reason.strip(),
    }
    held.evidence.clear()
    Assessment.objects.filter(pk__in=[one.pk for one in judgements]).delete()
    held.confirmed_at = held.confirmed_by = None
    held.save(update_fields=["confirmed_at", "confirmed_by"])
    log(instance=row, action=CONFIRMATION_WITHDRAWN, user=by, data=data)
    return held


def _led(project: Project, by: Any) -> Project:
    """The project, held until the transaction ends."""
    row = Project.objects.select_for_update().get(pk=project.pk)
    if row.status == Status.TEMPLATE:
        raise ProjectRefused("template")
    if not may_lead(parts_of(by, row)):
        raise ProjectRefused("not_allowed")
    return row
