"""Where person and head differ, what is settled, and what stands beside a part handed in."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.oversight.heads import staff_headed_by
from lms.people.models import Department, Employee
from lms.people.selectors import Viewer, employee_of, postings_on
from skills_matrix.access import employees_with_skills_visible_to, may_judge_anybody, may_see_matrix
from skills_matrix.assessments.models import ASSURANCES, Assessment
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.campaigns.models import Campaign, CampaignTask, Settlement
from skills_matrix.campaigns.selectors import tasks_headed_by
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.engine.columns import LEVELS
from skills_matrix.exceptions import AssessmentRefused
from skills_matrix.frames import midnight

_BOTH = (Assessment.Kind.SELF.value, Assessment.Kind.SUPERVISOR.value)


@dataclass(frozen=True)
class Difference:
    """One row per person and competency that both have judged. `by` = head's level less own.

    `department`: of the person's main posting; None = no longer employed. `settlement` None = not
    talked over since the head's part was last handed in. `is_mine`: the viewer may settle it.
    """

    employee: Employee
    department: Department | None
    competency: Competency
    self_level: int
    head_level: int
    settlement: Settlement | None
    is_mine: bool

    @property
    def by(self) -> int:
        return self.head_level - self.self_level


@dataclass(frozen=True)
class Beside:
    """What the office holds of a person in one competency. None = no level, no target."""

    level: int | None
    target: int | None


NOTHING = Beside(level=None, target=None)


@dataclass
class _Pair:
    """Newest level of each kind, and when the head's was handed in."""

    levels: dict[str, int]
    headed_at: datetime | None = None


def levels_beside(
    employee: Employee, competencies: QuerySet[Competency], as_of: datetime
) -> dict[int, Beside]:
    """Official level and target by competency id; absent = neither."""
    cells = derive_chain(
        employees=Employee.objects.filter(pk=employee.pk), competencies=competencies, as_of=as_of
    ).cells
    columns = cells[["competency_id", "level", "target"]].astype(object)
    rows: Any = columns.where(columns.notna(), None).itertuples(index=False)
    return {
        int(row.competency_id): Beside(
            level=None if row.level is None else int(row.level),
            target=None if row.target is None else int(row.target),
        )
        for row in rows
    }


def levels_handed_in(task: CampaignTask, kind: Assessment.Kind) -> dict[int, int]:
    """By competency id, what has been judged since the campaign began, as it was handed in."""
    rows = Assessment.objects.filter(
        employee=task.employee,
        kind=kind,
        assessed_at__gte=midnight(task.campaign.opens_on),
        settlement__isnull=True,
    ).order_by("assessed_at", "pk")
    return dict(rows.values_list("competency_id", "level"))


def tasks_calibrated_by(viewer: Viewer, campaign: Campaign, on: date) -> QuerySet[CampaignTask]:
    """Both parts are handed in: of a section to its head, to whoever may see the matrix of all."""
    tasks = campaign.tasks.filter(self_done_at__isnull=False, head_done_at__isnull=False)
    if may_see_matrix(viewer):
        return tasks.filter(employee__in=employees_with_skills_visible_to(viewer))
    return tasks.filter(employee__in=staff_headed_by(viewer, on))


def _settleable(viewer: Viewer, campaign: Campaign, on: date) -> QuerySet[CampaignTask]:
    """Nobody settles what is about oneself."""
    own = employee_of(viewer)
    if not may_judge_anybody(viewer):
        return tasks_headed_by(viewer, campaign, on)
    tasks = campaign.tasks.filter(employee__in=employees_with_skills_visible_to(viewer))
    return tasks.exclude(employee=own) if own else tasks


def differences(
    viewer: Viewer,
    campaign: Campaign,
    on: date,
    *,
    at_least: int = 0,
    department_ids: set[int] | None = None,
) -> list[Difference]:
    """What both have judged, the largest difference first.

    Args:
        at_least: only those that differ by so many levels.
        department_ids: only people with their main posting there today.
    """
    tasks = tasks_calibrated_by(viewer, campaign, on)
    if department_ids is not None:
        mains = postings_on(on).filter(is_main=True, department_id__in=department_ids)
        tasks = tasks.filter(employee__in=mains.order_by().values("employee_id"))
    return _differences_of(tasks, viewer, campaign, on, at_least)


def _differences_of(
    tasks: QuerySet[CampaignTask], viewer: Viewer, campaign: Campaign, on: date, at_least: int = 0
) -> list[Difference]:
    found = {
        key: pair
        for key, pair in _judged(campaign, tasks).items()
        if len(pair.levels) == len(_BOTH)
        and abs(pair.levels[_BOTH[1]] - pair.levels[_BOTH[0]]) >= at_least
    }
    people = Employee.objects.in_bulk({employee for employee, _competency in found})
    skills: dict[Any, Competency] = Competency.objects.in_bulk(
        {competency for _employee, competency in found}
    )
    mains = postings_on(on).filter(is_main=True, employee__in=people)
    posted = {row.employee_id: row.department for row in mains.select_related("department")}
    # The latest comes last, and stays.
    settled = {
        (row.task.employee_id, row.competency_id): row
        for row in Settlement.objects.filter(task__in=tasks.values("pk")).select_related(
            "task", "settled_by__employee"
        )
    }
    mine = set(_settleable(viewer, campaign, on).order_by().values_list("employee", flat=True))
    rows = [
        Difference(
            employee=people[employee],
            department=posted.get(employee),
            competency=skills[competency],
            self_level=pair.levels[_BOTH[0]],
            head_level=pair.levels[_BOTH[1]],
            settlement=_standing(settled.get((employee, competency)), pair),
            is_mine=employee in mine,
        )
        for (employee, competency), pair in found.items()
    ]
    return sorted(rows, key=lambda row: (-abs(row.by), row.employee.kana, row.competency.key))


def _standing(settlement: Settlement | None, pair: _Pair) -> Settlement | None:
    if settlement is None or pair.headed_at is None or settlement.settled_at < pair.headed_at:
        return None
    return settlement


def _judged(campaign: Campaign, tasks: QuerySet[CampaignTask]) -> dict[tuple[int, int], _Pair]:
    """By person and competency. What was settled on is not what the head had handed in."""
    judged: dict[tuple[int, int], _Pair] = {}
    for employee_id, competency_id, kind, level, at in (
        Assessment.objects.filter(
            employee__in=tasks.order_by().values("employee"),
            competency__in=campaign.competencies.all(),
            kind__in=_BOTH,
            assessed_at__gte=midnight(campaign.opens_on),
            settlement__isnull=True,
        )
        # The newest of each kind comes last, and stays.
        .order_by("assessed_at", "pk")
        .values_list("employee_id", "competency_id", "kind", "level", "assessed_at")
    ):
        pair = judged.setdefault((employee_id, competency_id), _Pair({}))
        pair.levels[kind] = level
        if kind == Assessment.Kind.SUPERVISOR:
            pair.headed_at = at
    return judged


@transaction.atomic
def settle_difference(
    *,
    viewer: Any,
    campaign: Campaign,
    staff_number: str,
    competency_key: str,
    level: int,
    reason: str,
    on: date,
) -> Difference:
    """Note what was agreed on; another level than the head's becomes the head's.

    Done again, the later one stands, and what was judged before stays in the record.

    Raises:
        AssessmentRefused: `not_asked` no such difference, or not the viewer's to settle; `level`
            no such level; `empty` another level than before without a reason.
    """
    tasks = _settleable(viewer, campaign, on).filter(employee__staff_number=staff_number)
    ids = tasks.order_by().values("pk")
    task = campaign.tasks.select_for_update().filter(pk__in=ids).first()
    row = None if task is None else _difference(viewer, task, competency_key, on)
    if task is None or row is None:
        raise AssessmentRefused("not_asked", _("There is no such difference for you to settle."))
    if level not in LEVELS:
        raise AssessmentRefused("level", _("There is no such level."), place=competency_key)
    is_changed = level != (row.settlement.level if row.settlement else row.head_level)
    if is_changed and not reason.strip():
        raise AssessmentRefused("empty", _("Say why the level changes."), place=competency_key)
    now = timezone.now()
    judgement = None
    if is_changed:
        judgement = Assessment.objects.create(
            employee=row.employee,
            competency=row.competency,
            level=level,
            kind=Assessment.Kind.SUPERVISOR,
            assurance=ASSURANCES[Assessment.Kind.SUPERVISOR],
            assessor=viewer,
            assessed_at=now,
            note=reason.strip(),
        )
    settled = Settlement.objects.create(
        task=task,
        competency=row.competency,
        level=level,
        reason=reason.strip(),
        judgement=judgement,
        settled_by=viewer,
        settled_at=now,
    )
    log_skills_views(viewer=viewer, subject_ids=[row.employee.pk], what="calibration")
    return replace(row, settlement=settled)


def _difference(
    viewer: Any, task: CampaignTask, competency_key: str, on: date
) -> Difference | None:
    tasks = tasks_calibrated_by(viewer, task.campaign, on).filter(pk=task.pk)
    rows = _differences_of(tasks, viewer, task.campaign, on)
    return next((row for row in rows if row.competency.key == competency_key), None)
