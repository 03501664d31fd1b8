"""Loading frameworks, targets, awards and projects. What exists is left as it is."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from courses.models import Course
from lms.people.models import JobTier, Role
from skills_matrix.competencies.models import (
    Assurance,
    Award,
    Competency,
    Framework,
    LevelDescriptor,
    Target,
)
from skills_matrix.exceptions import StarterIncomplete
from skills_matrix.projects.models import Project, ProjectNeed
from skills_matrix.starter.files import rows

Say = Callable[[str], None]

# Early enough for any date the matrix is asked for; the year of the sample office's plan.
IN_FORCE_FROM = date(2022, 4, 1)


@transaction.atomic
def load_skills(*, say: Say) -> None:
    """Everything but people's own skills, by key; a second run writes nothing.

    Raises:
        StarterIncomplete: courses, tiers or roles that the files name are missing; all are listed.
    """
    courses = _by_key(Course)
    tiers, roles = _by_key(JobTier), _by_key(Role)
    _require("course", {row["course"] for row in rows("awards")}, courses)
    _require("job tier", {row["tier"] for row in rows("targets")} - {""}, tiers)
    named = {row["role"] for row in rows("targets")}
    named |= {row["lead_role"] for row in rows("projects")}
    _require("role", named - {""}, roles)
    added = {
        Framework: _load_frameworks(),
        Competency: _load_competencies(),
        LevelDescriptor: _load_scale(),
        Target: _load_targets(tiers, roles),
        Award: _load_awards(courses),
        Project: _load_projects(roles),
        ProjectNeed: _load_needs(),
    }
    for model, number in added.items():
        say(f"{model._meta.verbose_name_plural}: {number}")


def _by_key(model: type[models.Model]) -> dict[str, Any]:
    return {row.key: row for row in model._default_manager.all()}  # type: ignore[attr-defined]


def _require(what: str, wanted: Iterable[str], known: Mapping[str, Any]) -> None:
    missing = sorted(set(wanted) - known.keys())
    if missing:
        raise StarterIncomplete(f"There is no {what} {', '.join(missing)}.", place=what)


def _add(model: type[models.Model], new: list[Any]) -> int:
    model._default_manager.bulk_create(new)
    return len(new)


def _load_frameworks() -> int:
    known = _by_key(Framework)
    return _add(
        Framework, [Framework(**row) for row in rows("frameworks") if row["key"] not in known]
    )


def _load_competencies() -> int:
    frameworks, known = _by_key(Framework), _by_key(Competency)
    new: dict[str, Competency] = {}
    for row in rows("competencies"):
        if row["key"] not in known:
            new[row["key"]] = Competency(
                framework=frameworks[row["framework"]],
                key=row["key"],
                title_ja=row["title_ja"],
                title_en=row["title_en"],
                is_group=row["is_group"] == "1",
                position=int(row["position"]),
            )
    _add(Competency, list(new.values()))
    # Parents get their ids above; only new rows are joined, so an office's own tree survives.
    known = _by_key(Competency)
    joined = []
    for row in rows("competencies"):
        if row["key"] in new and row["parent"]:
            child = known[row["key"]]
            child.parent = known[row["parent"]]
            joined.append(child)
    Competency.objects.bulk_update(joined, ["parent"])
    return len(new)


def _load_scale() -> int:
    known = set(LevelDescriptor.objects.filter(competency=None).values_list("level", flat=True))
    return _add(
        LevelDescriptor,
        [
            LevelDescriptor(**(row | {"level": int(row["level"])}))
            for row in rows("scale")
            if int(row["level"]) not in known
        ],
    )


def _load_targets(tiers: Mapping[str, JobTier], roles: Mapping[str, Role]) -> int:
    competencies = _by_key(Competency)
    known = set(Target.objects.values_list("competency__key", "tier__key", "role__key"))
    return _add(
        Target,
        [
            Target(
                competency=competencies[row["competency"]],
                tier=tiers.get(row["tier"]),
                role=roles.get(row["role"]),
                level=int(row["level"]),
                effective_from=IN_FORCE_FROM,
            )
            for row in rows("targets")
            if (row["competency"], row["tier"] or None, row["role"] or None) not in known
        ],
    )


def _load_awards(courses: Mapping[str, Course]) -> int:
    competencies = _by_key(Competency)
    known = set(Award.objects.values_list("course__key", "competency__key"))
    return _add(
        Award,
        [
            Award(
                course=courses[row["course"]],
                competency=competencies[row["competency"]],
                level=int(row["level"]),
                valid_for_days=int(row["valid_for_days"]) if row["valid_for_days"] else None,
                assurance=Assurance.BROWSER_QUIZ,
                effective_from=IN_FORCE_FROM,
            )
            for row in rows("awards")
            if (row["course"], row["competency"]) not in known
        ],
    )


def _load_projects(roles: Mapping[str, Role]) -> int:
    known = _by_key(Project)
    figures = ("baseline_before", "baseline_after", "baseline_total")
    special = {*figures, "lead_role"}
    return _add(
        Project,
        [
            Project(
                **{key: value for key, value in row.items() if key not in special},
                **{key: Decimal(row[key]) if row[key] else None for key in figures},
                lead_role=roles.get(row["lead_role"]),
            )
            for row in rows("projects")
            if row["key"] not in known
        ],
    )


def _load_needs() -> int:
    projects, competencies = _by_key(Project), _by_key(Competency)
    known = set(ProjectNeed.objects.values_list("project__key", "competency__key"))
    return _add(
        ProjectNeed,
        [
            ProjectNeed(
                project=projects[row["project"]],
                competency=competencies[row["competency"]],
                level=int(row["level"]),
                is_must=row["is_must"] == "1",
            )
            for row in rows("needs")
            if (row["project"], row["competency"]) not in known
        ],
    )
