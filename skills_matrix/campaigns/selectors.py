"""What is asked of whom, who has answered, and where person and head differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from courses.bilingual import in_language
from lms.oversight.heads import staff_headed_by
from lms.people.models import Employee
from lms.people.selectors import Viewer, department_subtree_ids, postings_on
from skills_matrix.access import employees_with_skills_visible_to, may_see_matrix
from skills_matrix.assessments.models import Assessment
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


@dataclass(frozen=True)
class Difference:
    """One row per person and competency that both have judged. `by` = head's level less own."""

    employee: Employee
    competency: Competency
    self_level: int
    head_level: int

    @property
    def by(self) -> int:
        return self.head_level - self.self_level


def open_campaigns(on: date) -> QuerySet[Campaign]:
    return Campaign.objects.filter(opens_on__lte=on, due_on__gte=on)


def open_tasks_of(employee: Employee, on: date) -> QuerySet[CampaignTask]:
    """What the person is asked for on that day, handed in or not."""
    return (
        CampaignTask.objects.filter(employee=employee, campaign__in=open_campaigns(on))
        .select_related("campaign")
        .order_by("campaign__due_on", "campaign__key")
    )


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
    found = tasks.order_by().aggregate(
        people=Count("pk"),
        self_done=Count("pk", filter=Q(self_done_at__isnull=False)),
        head_done=Count("pk", filter=Q(head_done_at__isnull=False)),
    )
    return Progress(**found)


def differences(viewer: Viewer, campaign: Campaign, on: date) -> list[Difference]:
    """Where both parts are handed in: every competency judged by both, largest difference first.

    Of a section to its head, of everybody to whoever may see the matrix.
    """
    tasks = campaign.tasks.filter(self_done_at__isnull=False, head_done_at__isnull=False)
    if may_see_matrix(viewer):
        tasks = tasks.filter(employee__in=employees_with_skills_visible_to(viewer))
    else:
        tasks = tasks.filter(employee__in=staff_headed_by(viewer, on))
    judged: dict[tuple[int, int], dict[str, int]] = {}
    # The newest of each kind comes last, and stays.
    for employee_id, competency_id, kind, level in (
        Assessment.objects.filter(
            employee__in=tasks.values("employee"),
            competency__in=campaign.competencies.all(),
            kind__in=(Assessment.Kind.SELF, Assessment.Kind.SUPERVISOR),
            assessed_at__gte=midnight(campaign.opens_on),
        )
        .order_by("assessed_at", "pk")
        .values_list("employee_id", "competency_id", "kind", "level")
    ):
        judged.setdefault((employee_id, competency_id), {})[kind] = level
    both = {pair: levels for pair, levels in judged.items() if len(levels) == len(_BOTH)}
    people = Employee.objects.in_bulk({employee for employee, _competency in both})
    skills: dict[Any, Competency] = Competency.objects.in_bulk(
        {competency for _employee, competency in both}
    )
    found = [
        Difference(people[employee], skills[competency], *(levels[kind] for kind in _BOTH))
        for (employee, competency), levels in both.items()
    ]
    return sorted(found, key=lambda row: (-abs(row.by), row.employee.kana, row.competency.key))


_BOTH = (Assessment.Kind.SELF.value, Assessment.Kind.SUPERVISOR.value)
