"""Loading frameworks, targets, awards and projects. What exists is left as it is."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Course
from lms.people.models import Department, JobTier, Role
from skills_matrix.competencies.models import (
    AgeingRule,
    Award,
    Competency,
    Framework,
    LevelDescriptor,
    Target,
)
from skills_matrix.exceptions import StarterIncomplete
from skills_matrix.exchange.standard_rows import (
    IN_FORCE_FROM,
    add_competencies,
    add_frameworks,
    add_rows,
    add_scale,
    add_targets,
    rows_by_key,
)
from skills_matrix.processes.models import BusinessProcess, ProcessNeed
from skills_matrix.projects.ledger_models import BenefitFigure
from skills_matrix.projects.models import Project, ProjectNeed
from skills_matrix.starter.files import rows

Say = Callable[[str], None]
Row = dict[str, Any]
Known = Mapping[str, Any]

# Which column of which file names a row of which model. An empty cell names none.
NAMED: list[tuple[type[models.Model], str, str]] = [
    (Course, "awards", "course"),
    (JobTier, "targets", "tier"),
    (Role, "targets", "role"),
    (Role, "projects", "lead_role"),
    (Framework, "competencies", "framework"),
    (Competency, "competencies", "parent"),
    (Competency, "targets", "competency"),
    (Competency, "awards", "competency"),
    (Competency, "needs", "competency"),
    (Competency, "ageing", "competency"),
    (Competency, "process_needs", "competency"),
    (Department, "processes", "department"),
    (BusinessProcess, "process_needs", "process"),
    (Project, "needs", "project"),
    (Project, "figures", "project"),
]


@transaction.atomic
def load_skills(*, say: Say) -> None:
    """Everything but people's own skills, by key; a second run writes nothing.

    Raises:
        StarterIncomplete: the files name courses, tiers, roles or each other's rows that are
            nowhere, or a cell is not what its column takes; all faults are listed.
    """
    courses, tiers, roles = rows_by_key(Course), rows_by_key(JobTier), rows_by_key(Role)
    departments = rows_by_key(Department)
    _require_named(
        {
            Course: courses,
            JobTier: tiers,
            Role: roles,
            Department: departments,
            BusinessProcess: _keys("processes"),
            Framework: _keys("frameworks"),
            Competency: _keys("competencies"),
            Project: _keys("projects"),
        }
    )
    added: dict[type[models.Model], int] = {}
    added[Framework] = add_frameworks(rows("frameworks"))
    added[Competency] = add_competencies(rows("competencies"))
    competencies = rows_by_key(Competency)
    added[LevelDescriptor] = add_scale(rows("scale"))
    added[Target] = add_targets(rows("targets"), tiers=tiers, roles=roles)
    added[Award] = _load_awards(competencies, courses)
    added[Project] = _load_projects(roles)
    added[ProjectNeed] = _load_needs(competencies)
    added[BenefitFigure] = _load_figures()
    added[AgeingRule] = _load_ageing(competencies)
    added[BusinessProcess] = _load_processes(departments)
    added[ProcessNeed] = _load_process_needs(competencies)
    for model, number in added.items():
        say(f"{model._meta.verbose_name_plural}: {number}")


def _keys(name: str) -> Known:
    return {row["key"]: row for row in rows(name)}


def _require_named(known: Mapping[type[models.Model], Known]) -> None:
    missing: dict[type[models.Model], set[str]] = {}
    for model, name, column in NAMED:
        named = {row[column] for row in rows(name)} - {""}
        if unknown := named - known[model].keys():
            missing.setdefault(model, set()).update(unknown)
    if missing:
        listed = "; ".join(
            f"{model._meta.verbose_name}: {', '.join(sorted(keys))}"
            for model, keys in missing.items()
        )
        message = _("The starter content names what does not exist: %(missing)s.")
        raise StarterIncomplete(message % {"missing": listed}, place="starter")


def _load_awards(competencies: Known, courses: Known) -> int:
    """Every starter course is graded in the browser, which is the model's default assurance."""
    known = set(Award.objects.values_list("course__key", "competency__key"))
    return add_rows(
        "awards",
        Award,
        {
            f"{row['course']} {row['competency']}": {
                "course": courses[row["course"]],
                "competency": competencies[row["competency"]],
                "level": row["level"],
                "valid_for_days": row["valid_for_days"] or None,
                "effective_from": IN_FORCE_FROM,
            }
            for row in rows("awards")
            if (row["course"], row["competency"]) not in known
        },
    )


def _load_projects(roles: Known) -> int:
    known = rows_by_key(Project)
    figures = ("baseline_before", "baseline_after", "baseline_total")
    return add_rows(
        "projects",
        Project,
        {
            row["key"]: row
            | {figure: row[figure] or None for figure in figures}
            | {"lead_role": roles.get(row["lead_role"])}
            for row in rows("projects")
            if row["key"] not in known
        },
    )


def _load_needs(competencies: Known) -> int:
    projects = rows_by_key(Project)
    known = set(ProjectNeed.objects.values_list("project__key", "competency__key"))
    return add_rows(
        "needs",
        ProjectNeed,
        {
            f"{row['project']} {row['competency']}": {
                "project": projects[row["project"]],
                "competency": competencies[row["competency"]],
                "level": row["level"],
                "is_must": row["is_must"],
            }
            for row in rows("needs")
            if (row["project"], row["competency"]) not in known
        },
    )


def _load_figures() -> int:
    """What the source measured, beside the templates; nobody of the office gave these figures."""
    projects = rows_by_key(Project)
    known = set(BenefitFigure.objects.values_list("project__key", "phase"))
    return add_rows(
        "figures",
        BenefitFigure,
        {
            f"{row['project']} {row['phase']}": row
            | {"project": projects[row["project"]], "recorded_at": timezone.now()}
            for row in rows("figures")
            if (row["project"], row["phase"]) not in known
        },
    )


def _load_ageing(competencies: Known) -> int:
    known = set(AgeingRule.objects.values_list("competency__key", flat=True))
    return add_rows(
        "ageing",
        AgeingRule,
        {
            row["competency"]: row
            | {"competency": competencies[row["competency"]], "effective_from": IN_FORCE_FROM}
            for row in rows("ageing")
            if row["competency"] not in known
        },
    )


def _load_processes(departments: Known) -> int:
    known = rows_by_key(BusinessProcess)
    return add_rows(
        "processes",
        BusinessProcess,
        {
            row["key"]: row
            | {"department": departments[row["department"]], "effective_from": IN_FORCE_FROM}
            for row in rows("processes")
            if row["key"] not in known
        },
    )


def _load_process_needs(competencies: Known) -> int:
    processes = rows_by_key(BusinessProcess)
    known = set(ProcessNeed.objects.values_list("process__key", "competency__key"))
    return add_rows(
        "process_needs",
        ProcessNeed,
        {
            f"{row['process']} {row['competency']}": {
                "process": processes[row["process"]],
                "competency": competencies[row["competency"]],
                "level": row["level"],
                "headcount": row["headcount"],
            }
            for row in rows("process_needs")
            if (row["process"], row["competency"]) not in known
        },
    )
