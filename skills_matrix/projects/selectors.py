"""Reading projects."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from courses.bilingual import in_language
from lms.people.calendar import OFFICE_ZONE, office_today
from skills_matrix.projects.access import Who, parts_of
from skills_matrix.projects.ledger import benefit_facts, measurements_due
from skills_matrix.projects.models import Project, ProjectMember, ProjectNeed, ProjectStep
from skills_matrix.projects.steps import UNDOABLE, Available, steps_open_to


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
    """Every project, with what a list shows."""
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


def needs_in_order() -> QuerySet[ProjectNeed]:
    """Of every project: those it cannot do without first, then by level."""
    return ProjectNeed.objects.select_related("competency").order_by(
        "-is_must", "-level", "competency__position", "competency__key"
    )


def needs_listed(project: Project) -> QuerySet[ProjectNeed]:
    """Those of one project, in that order."""
    return needs_in_order().filter(project=project)


def members_of(project: Project) -> QuerySet[ProjectMember]:
    """Everybody who is or was in it, in the order in which they joined."""
    return project.members.select_related("employee", "confirmed_by").order_by("joined_on", "pk")


def history_of(project: Project) -> QuerySet[ProjectStep]:
    """Every step, the oldest first."""
    return project.steps.select_related("made_by", "undoing").order_by("pk")


def facts_of(project: Project) -> set[str]:
    """Keys of `steps.MISSING` that are there."""
    return facts_by_project([project])[project.pk]


def steps_available(user: Any, project: Project) -> list[Available]:
    """What the user may do next with the project, ready or not."""
    return steps_open_to(project.status, parts_of(user, project), facts_of(project))


def last_step(project: Project) -> ProjectStep | None:
    """The last one that holds: neither taken back nor the taking back itself."""
    return history_of(project).filter(undone=None, undoing=None).last()


def undoable_step(user: Any, project: Project) -> ProjectStep | None:
    """The last step, if the user may take it back now; `services.undo_step` says why not."""
    last = last_step(project)
    if last is None or (last.step, last.source, last.target) not in UNDOABLE:
        return None
    is_theirs = last.made_by == user or Who.OFFICE in parts_of(user, project)
    is_today = office_today(last.made_at) == office_today()
    return last if is_theirs and is_today and not is_built_on(project, last) else None


def is_built_on(project: Project, step: ProjectStep) -> bool:
    """Members' work was confirmed because of it."""
    measured = step.target == Project.Status.MEASURED
    return measured and project.members.exclude(confirmed_at=None).exists()


def facts_by_project(projects: Iterable[Project]) -> dict[int, set[str]]:
    """`facts_of` of many: project id -> keys of `steps.MISSING`. Three queries."""
    rows = list(projects)
    ids = [row.pk for row in rows]
    with_needs = set(
        ProjectNeed.objects.filter(project__in=ids).values_list("project_id", flat=True)
    )
    led = set(
        ProjectMember.objects.filter(
            project__in=ids, part=ProjectMember.Part.LEAD, left_on=None
        ).values_list("project_id", flat=True)
    )
    figures = benefit_facts(rows)
    found = {}
    for row in rows:
        there = {
            "department": row.department_id is not None,
            "needs": row.pk in with_needs,
            "dates": row.starts_on is not None and row.ends_on is not None,
            "lead": row.pk in led,
        }
        found[row.pk] = {key for key, is_there in there.items() if is_there} | figures[row.pk]
    return found


def projects_asking(on: date) -> QuerySet[Project]:
    """Projects approved or running at the end of that day, by the log of their steps.

    One without a log is taken as it is now.
    """
    steps = ProjectStep.objects.filter(project=OuterRef("pk"))
    then = steps.filter(
        made_at__lt=datetime.combine(on + timedelta(days=1), time.min, OFFICE_ZONE)
    ).order_by("-pk")
    asking = [Project.Status.APPROVED, Project.Status.RUNNING]
    return (
        projects_listed()
        .annotate(has_log=Exists(steps), status_then=Subquery(then.values("target")[:1]))
        .filter(Q(status_then__in=asking) | Q(has_log=False, status__in=asking))
    )


class Reminder(NamedTuple):
    """Whom to tell that a project is to be measured again, and from which day."""

    recipient: int
    project: Project
    due_on: date


def leads_to_remind(on: date) -> list[Reminder]:
    """Whom to tell that day: whoever leads the project, or led it last."""
    found = []
    for row in measurements_due(on):
        leads = row.project.members.filter(part=ProjectMember.Part.LEAD)
        # Whoever still leads comes before whoever left last.
        last = leads.order_by(F("left_on").desc(nulls_first=True), "-pk").first()
        if last:
            found.append(Reminder(last.employee_id, row.project, row.due_on))
    return found
