"""Opening a campaign and handing in its two parts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.models import Employee
from skills_matrix.assessments.models import Assessment
from skills_matrix.assessments.services import log_skills_views, record_judgements
from skills_matrix.campaigns.models import Campaign, CampaignTask
from skills_matrix.campaigns.selectors import (
    open_campaigns,
    people_asked,
    questions_of,
    tasks_headed_by,
)
from skills_matrix.engine.columns import LEVELS
from skills_matrix.exceptions import AssessmentRefused

Levels = Mapping[str, int]


@transaction.atomic
def open_tasks(*, on: date) -> int:
    """Ask everybody whom a campaign of that day is for; gives how many tasks are new.

    Nightly, and when a campaign is saved. Newcomers are added; nobody is taken out, because what
    was handed in stays.
    """
    before = CampaignTask.objects.count()
    for campaign in open_campaigns(on):
        CampaignTask.objects.bulk_create(
            (
                CampaignTask(campaign=campaign, employee_id=pk)
                for pk in people_asked(campaign, on).values_list("pk", flat=True)
            ),
            batch_size=1000,
            ignore_conflicts=True,
        )
    return CampaignTask.objects.count() - before


def save_self_assessment(
    *, employee: Employee, campaign: Campaign, levels: Levels, is_final: bool, on: date
) -> CampaignTask:
    """Keep what the person has filled in, or hand it in. Until the last day it may be done again.

    Args:
        levels: competency key -> level; when final, of every competency asked.

    Raises:
        AssessmentRefused: `not_asked` the person, a competency or this day; `incomplete`;
            `level` no such level.
    """
    with transaction.atomic():
        task = _held(campaign.tasks.filter(employee=employee))
        asked = _checked(task, levels, is_final=is_final, on=on)
        task.draft = dict(levels)
        if is_final:
            task.self_done_at = timezone.now()
            _judge(task, asked, levels, Assessment.Kind.SELF, None)
        task.save()
    return task


def save_head_assessment(
    *,
    viewer: Any,
    staff_number: str,
    campaign: Campaign,
    levels: Levels,
    is_final: bool,
    on: date,
) -> CampaignTask:
    """The same by the head of the person's section.

    Raises:
        AssessmentRefused: as `save_self_assessment`; also if the viewer does not head the
            person, or the campaign asks no head.
    """
    with transaction.atomic():
        rows = tasks_headed_by(viewer, campaign, on).filter(
            employee__staff_number=staff_number, campaign__asks_head=True
        )
        task = _held(campaign.tasks.filter(pk__in=rows.values("pk")))
        asked = _checked(task, levels, is_final=is_final, on=on)
        task.head_draft, task.head = dict(levels), viewer
        if is_final:
            task.head_done_at = timezone.now()
            _judge(task, asked, levels, Assessment.Kind.SUPERVISOR, viewer)
            log_skills_views(viewer=viewer, subject_ids=[task.employee_id], what="assessment")
        task.save()
    return task


def _held(rows: Any) -> CampaignTask:
    task = rows.select_for_update().select_related(None).first()
    if task is None:
        raise AssessmentRefused("not_asked", _("You are not asked for this assessment."))
    found: CampaignTask = task
    return found


def _checked(task: CampaignTask, levels: Levels, *, is_final: bool, on: date) -> dict[str, int]:
    """Ids of the competencies asked, by key."""
    if not task.campaign.opens_on <= on <= task.campaign.due_on:
        raise AssessmentRefused("not_asked", _("This assessment is not open today."))
    questions = questions_of(task.campaign, task.employee, on)
    asked = {question.competency.key: question.competency.pk for question in questions}
    for key, level in levels.items():
        if key not in asked:
            raise AssessmentRefused("not_asked", _("This skill is not asked for."), place=key)
        if level not in LEVELS:
            raise AssessmentRefused("level", _("There is no such level."), place=key)
    missing = [key for key in asked if key not in levels]
    if is_final and missing:
        message = _("Choose a level for every skill before you hand it in.")
        raise AssessmentRefused("incomplete", message, place=missing[0])
    return asked


def _judge(
    task: CampaignTask,
    asked: dict[str, int],
    levels: Levels,
    kind: Assessment.Kind,
    by: Any,
) -> None:
    record_judgements(
        employee_id=task.employee_id,
        levels={pk: levels[key] for key, pk in asked.items()},
        kind=kind,
        assessor=by,
        at=timezone.now(),
    )
