"""Writing projects: what they are, and the steps of their life."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from lms.people.calendar import office_today
from lms.people.models import Employee
from skills_matrix.competencies.models import Competency
from skills_matrix.exceptions import ProjectRefused
from skills_matrix.projects.access import Who, may_edit, parts_of, require_run_projects
from skills_matrix.projects.models import Project, ProjectNeed, ProjectStep
from skills_matrix.projects.selectors import is_built_on, last_step, steps_available
from skills_matrix.projects.steps import MISSING, UNDOABLE

PROJECT_SET = "lms_skills.project_set"
Status = Project.Status

# What a template hands on; figures are somebody else's and stay with it.
_COPIED = (
    *("title_ja", "title_en", "measure", "effort", "lead_role", "summary_ja", "summary_en"),
    *("metric_ja", "metric_en", "unit_ja", "unit_en", "hours_per_week", "places"),
)


@transaction.atomic
def propose_project(
    *, project: Project, needs: Sequence[ProjectNeed] = (), employee: Employee, by: Any
) -> Project:
    """A new proposal of that person; `project` is not saved, its status and proposer are set here.

    Raises:
        ProjectRefused: as `set_project`.
    """
    project.status, project.proposed_by = Status.PROPOSED, employee
    project.key = project.key or _free_key("PR")
    _save(project, needs)
    _note(project, "propose", Status.PROPOSED, Status.PROPOSED, by=by)
    return project


@transaction.atomic
def begin_from_template(*, template: Project, key: str, by: Any) -> Project:
    """A new proposal of the DX office with the template's words and needs.

    Raises:
        PermissionDenied: not of the DX office.
        ProjectRefused: `not_template`; `key_taken`; `key_reserved`.
    """
    require_run_projects(by)
    if template.status != Status.TEMPLATE:
        raise ProjectRefused("not_template")
    project = Project(
        key=key or _free_key(template.key),
        status=Status.PROPOSED,
        **{name: getattr(template, name) for name in _COPIED},
    )
    needs = [
        ProjectNeed(
            competency=need.competency,
            level=need.level,
            headcount=need.headcount,
            is_must=need.is_must,
        )
        for need in template.needs.select_related("competency")
    ]
    _save(project, needs)
    _note(*(project, "from_template", Status.TEMPLATE, Status.PROPOSED), by=by, reason=template.key)
    return project


@transaction.atomic
def set_project(
    *, project: Project, needs: Sequence[ProjectNeed] | None = None, by: Any
) -> Project:
    """Save a changed project, with these needs in place of those it has; None leaves them.

    The status is left to `move_project`.

    Args:
        needs: not saved; their project is set here.

    Raises:
        ProjectRefused: `not_allowed`; `key_taken`; `key_reserved` for a page of the site's own;
            `ends_too_early`; of a need, `repeated` the same competency twice, `group` a heading
            that nobody holds; `place` is its number.
    """
    saved = Project.objects.select_for_update().get(pk=project.pk)
    if not may_edit(parts_of(by, saved), saved):
        raise ProjectRefused("not_allowed")
    project.status, project.proposed_by_id = saved.status, saved.proposed_by_id
    before = _described(saved)
    _save(project, needs)
    after = _described(Project.objects.get(pk=project.pk))
    if before != after:
        log(instance=project, action=PROJECT_SET, user=by, data={"before": before, "after": after})
    return project


@transaction.atomic
def move_project(*, project: Project, to: str, by: Any, reason: str = "") -> ProjectStep:
    """Take the step of `steps.STEPS` that leads there and that this account may take.

    Raises:
        ProjectRefused: `no_such_step` from here, or not by this account; `incomplete`, and
            `missing` says what; `no_reason`.
    """
    row = Project.objects.select_for_update().get(pk=project.pk)
    found = next((one for one in steps_available(by, row) if one.step.target == to), None)
    if found is None:
        raise ProjectRefused("no_such_step", place="to")
    if found.missing:
        missing = [str(MISSING[key]) for key in found.missing]
        raise ProjectRefused("incomplete", place="to", missing=missing)
    if found.step.needs_reason and not reason.strip():
        raise ProjectRefused("no_reason", place="reason")
    project.status = row.status = found.step.target
    row.save(update_fields=["status"])
    return _note(
        row, found.step.key, found.step.source, found.step.target, by=by, reason=reason.strip()
    )


@transaction.atomic
def undo_step(*, project: Project, by: Any) -> ProjectStep:
    """Take the last step back; it stays in the log with a row that says so.

    Raises:
        ProjectRefused: `nothing_to_undo`; `not_allowed` neither whoever took it nor the DX
            office; `too_late` not on the day it was taken; `built_on` work was confirmed since.
    """
    row = Project.objects.select_for_update().get(pk=project.pk)
    last = last_step(row)
    if last is None or (last.step, last.source, last.target) not in UNDOABLE:
        raise ProjectRefused("nothing_to_undo")
    if last.made_by != by and Who.OFFICE not in parts_of(by, row):
        raise ProjectRefused("not_allowed")
    if office_today(last.made_at) != office_today():
        raise ProjectRefused("too_late")
    if is_built_on(row, last):
        raise ProjectRefused("built_on")
    project.status = row.status = Status(last.source)
    row.save(update_fields=["status"])
    return _note(row, "undo", Status(last.target), Status(last.source), by=by, undone=last)


def _note(
    project: Project,
    step: str,
    source: Status,
    target: Status,
    *,
    by: Any,
    reason: str = "",
    undone: ProjectStep | None = None,
) -> ProjectStep:
    return ProjectStep.objects.create(
        project=project,
        step=step,
        source=source,
        target=target,
        reason=reason,
        made_by=by,
        made_at=timezone.now(),
        undone=undone,
    )


def _free_key(stem: str) -> str:
    """`stem-1`, or the next number that no project has."""
    taken = set(Project.objects.filter(key__startswith=f"{stem}-").values_list("key", flat=True))
    return next(key for n in range(1, len(taken) + 2) if (key := f"{stem}-{n}") not in taken)


def _save(project: Project, needs: Sequence[ProjectNeed] | None) -> None:
    if project.has_reserved_key:
        raise ProjectRefused("key_reserved", place="key")
    if Project.objects.filter(key=project.key).exclude(pk=project.pk).exists():
        raise ProjectRefused("key_taken", place="key")
    if project.starts_on and project.ends_on and project.ends_on < project.starts_on:
        raise ProjectRefused("ends_too_early", place="ends_on")
    seen: set[int] = set()
    for number, need in enumerate(needs or (), start=1):
        competency: Competency = need.competency
        if competency.pk in seen or competency.is_group:
            code = "repeated" if competency.pk in seen else "group"
            raise ProjectRefused(code, place=str(number))
        seen.add(competency.pk)
    project.save()
    if needs is None:
        return
    project.needs.all().delete()
    for need in needs:
        need.project = project
    ProjectNeed.objects.bulk_create(needs)


def _described(project: Project) -> dict[str, Any]:
    """For the log, which outlives departments and competencies: by key."""
    names = (
        *("key", "title_ja", "title_en", "summary_ja", "summary_en", "measure", "effort"),
        *("hours_per_week", "places"),
    )
    return {
        **{name: getattr(project, name) for name in names},
        "department": project.department.key if project.department else "",
        "from": project.starts_on.isoformat() if project.starts_on else "",
        "to": project.ends_on.isoformat() if project.ends_on else "",
        "needs": sorted(
            [need.competency.key, need.level, need.headcount, need.is_must]
            for need in project.needs.select_related("competency")
        ),
    }
