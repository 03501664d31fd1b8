"""What is asked of whom, and who has answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from courses.bilingual import in_language
from lms.oversight.heads import staff_headed_by
from lms.people.models import Department, Employee
from lms.people.selectors import Viewer, department_subtree_ids, postings_on
from skills_matrix.campaigns.models import Campaign, CampaignTask
from skills_matrix.competencies.models import Competency, LevelDescriptor
from skills_matrix.competencies.selectors import ScaleStep, scale
from skills_matrix.engine.cells import effective_targets
from skills_matrix.frames import midnight, people_frame, person_roles_frame, targets_frame


@dataclass(frozen=True)
class Question:
    """One competency to judge, with what each level means in it."""

    competency: Competency
    steps: list[ScaleStep]


@dataclass(frozen=True)
class Progress:
    """How far a campaign is."""

    people: int
    self_done: int
    head_done: int

    @property
    def self_open(self) -> int:
        return self.people - self.self_done

    @property
    def head_open(self) -> int:
        return self.people - self.head_done


def open_campaigns(on: date) -> QuerySet[Campaign]:
    return Campaign.objects.filter(opens_on__lte=on, due_on__gte=on)


def begun_campaigns(on: date) -> QuerySet[Campaign]:
    """Open ones and those that are over, the last to end first."""
    return Campaign.objects.filter(opens_on__lte=on).order_by("-due_on", "-opens_on", "key")


def open_tasks_of(employee: Employee, on: date) -> QuerySet[CampaignTask]:
    """What the person is asked for on that day, handed in or not."""
    return CampaignTask.objects.filter(
        employee=employee, campaign__in=open_campaigns(on)
    ).select_related("campaign")


def hidden_targets_of(employee: Employee, on: date) -> set[int]:
    """Competencies whose target is not shown to the person yet: those still to be self-assessed.

    So that what one believes is not what one is asked for.
    """
    waiting = open_tasks_of(employee, on).filter(self_done_at__isnull=True)
    ids: set[int] = set(
        Competency.objects.filter(campaigns__tasks__in=waiting.order_by()).values_list(
            "pk", flat=True
        )
    )
    return ids


def people_asked(campaign: Campaign, on: date) -> QuerySet[Employee]:
    """Whoever has a main posting in the campaign's departments on that day."""
    mains = postings_on(on).filter(is_main=True)
    if campaign.department is not None:
        mains = mains.filter(department_id__in=department_subtree_ids(campaign.department))
    return Employee.objects.filter(pk__in=mains.order_by().values("employee_id"))


def questions_of(campaign: Campaign, employee: Employee, on: date) -> list[Question]:
    """What the person is judged in. The number of queries does not depend on it."""
    asked = campaign.competencies.filter(is_group=False).select_related("framework", "parent")
    competencies = list(asked.order_by("framework__key", "position", "key"))
    person = Employee.objects.filter(pk=employee.pk)
    targets = effective_targets(
        people_frame(person, on),
        person_roles_frame(person, on),
        targets_frame(campaign.competencies.all()),
        as_of=midnight(on),
    )
    targeted = set(targets["competency_id"].tolist())
    if targeted:
        competencies = [row for row in competencies if row.pk in targeted]
    own = _steps(competencies)
    common = scale()
    return [Question(row, own.get(row.pk) or common) for row in competencies]


def _steps(competencies: Iterable[Competency]) -> dict[int, list[ScaleStep]]:
    steps: dict[int, list[ScaleStep]] = {}
    rows = LevelDescriptor.objects.filter(competency__in=competencies).order_by("level")
    for row in rows:
        step = ScaleStep(row.level, in_language(row, "title"), in_language(row, "text"))
        steps.setdefault(row.competency_id or 0, []).append(step)
    return steps


def tasks_headed_by(viewer: Viewer, campaign: Campaign, on: date) -> QuerySet[CampaignTask]:
    """Whom the viewer assesses: the section, without the viewer."""
    return (
        campaign.tasks.filter(employee__in=staff_headed_by(viewer, on))
        .select_related("employee", "campaign")
        .order_by("employee__kana", "employee__staff_number")
    )


def progress_of(tasks: QuerySet[CampaignTask]) -> Progress:
    return Progress(**tasks.order_by().aggregate(**_COUNTS))


_COUNTS = {
    "people": Count("pk"),
    "self_done": Count("pk", filter=Q(self_done_at__isnull=False)),
    "head_done": Count("pk", filter=Q(head_done_at__isnull=False)),
}


def progress_by_department(
    campaign: Campaign, on: date
) -> list[tuple[Department | None, Progress]]:
    """One row per department that somebody asked belongs to today, by key; None = to none."""
    main = postings_on(on).filter(employee=OuterRef("employee"), is_main=True)
    rows: Any = (
        campaign.tasks.order_by()
        .annotate(department=Subquery(main.values("department")[:1]))
        .values("department")
        .annotate(**_COUNTS)
    )
    found = {row.pop("department"): Progress(**row) for row in rows}
    departments = Department.objects.filter(pk__in=found.keys() - {None}).order_by("key")
    ordered: list[Department | None] = [*departments, *([None] if None in found else [])]
    return [(row, found[row.pk if row else None]) for row in ordered]
