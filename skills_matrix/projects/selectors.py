"""Reading projects."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from courses.bilingual import in_language
from skills_matrix.projects.models import Project


@dataclass(frozen=True)
class Baseline:
    """The seed's or the office's own figures. `saving_rate` is a fraction; None = not known."""

    metric: str
    unit: str
    before: Decimal | None
    after: Decimal | None
    total: Decimal | None
    saving: Decimal | None
    saving_rate: float | None
    note: str


def projects_listed() -> QuerySet[Project]:
    """Every project people may see, with what a list shows."""
    return Project.objects.select_related("lead_role", "department").order_by("key")


def projects_to_suggest() -> QuerySet[Project]:
    """Templates and projects still looking for people."""
    return projects_listed().filter(status__in=[Project.Status.TEMPLATE, Project.Status.APPROVED])


def baseline_of(project: Project) -> Baseline | None:
    """The project's figures; None where it has none."""
    before, after, total = project.baseline_before, project.baseline_after, project.baseline_total
    if before is None and after is None and total is None:
        return None
    saving = before - after if before is not None and after is not None else None
    return Baseline(
        metric=in_language(project, "metric"),
        unit=in_language(project, "unit"),
        before=before,
        after=after,
        total=total,
        saving=saving,
        saving_rate=float(saving / before) if saving is not None and before else None,
        note=in_language(project, "baseline_note"),
    )
