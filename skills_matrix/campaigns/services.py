"""Opening a campaign, handing in its two parts, and reminding of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.conf import conf
from lms.notices.models import Notice
from lms.notices.services import Topic, tell_of_topic
from lms.oversight.heads import heads_of_staff
from lms.people.models import Department, Employee
from lms.people.selectors import postings_on
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


@dataclass(frozen=True)
class Part:
    """One of the two parts of a task: what it becomes, and where the task keeps it."""

    kind: Assessment.Kind
    draft: str
    done_at: str


SELF = Part(Assessment.Kind.SELF, "draft", "self_done_at")
HEAD = Part(Assessment.Kind.SUPERVISOR, "head_draft", "head_done_at")


@transaction.atomic
def open_tasks(*, on: date) -> int:
    """Ask everybody whom a campaign of that day is for, and tell them; gives how many are new.

    Nightly, and when a campaign is saved. Newcomers are added; nobody is taken out, because what
    was handed in stays.
    """
    count = 0
    for campaign in open_campaigns(on):
        known = set(campaign.tasks.order_by().values_list("employee", flat=True))
        fresh = set(people_asked(campaign, on).values_list("pk", flat=True)) - known
        CampaignTask.objects.bulk_create(
            (CampaignTask(campaign=campaign, employee_id=pk) for pk in sorted(fresh)),
            batch_size=1000,
            ignore_conflicts=True,
        )
        tell_of_topic(
            kind=Notice.Kind.ASSESSMENT_OPEN,
            topic=_topic(campaign, "self"),
            recipients=fresh,
            occasion=campaign.opens_on,
            due_on=campaign.due_on,
        )
        count += len(fresh)
    return count


@transaction.atomic
def remind_of_campaigns(*, on: date) -> int:
    """Tell whoever has not done their part that the last day comes; gives how many are told.

    Once for each last day, however often the night runs.
    """
    last = on + timedelta(days=conf.REMINDER_DAYS)
    return sum(
        remind_of_campaign(campaign=campaign, on=on, occasion=campaign.due_on)
        for campaign in open_campaigns(on).filter(due_on__lte=last)
    )


@transaction.atomic
def remind_of_campaign(
    *,
    campaign: Campaign,
    on: date,
    occasion: date,
    department: Department | None = None,
    by: Any = None,
) -> int:
    """Tell everybody who still has to judge themselves, and the heads whose people wait for them.

    Gives how many are told who had not been told on that occasion. Nothing when it is not open.

    Args:
        department: only people with their main posting in it, and their heads.
        by: who asks for it; None = the night.
    """
    if not campaign.opens_on <= on <= campaign.due_on:
        return 0
    tasks = campaign.tasks.order_by()
    if department is not None:
        mains = postings_on(on).filter(is_main=True, department=department)
        tasks = tasks.filter(employee__in=mains.order_by().values("employee_id"))
    late = tasks.filter(self_done_at__isnull=True).values_list("employee", flat=True)
    told = tell_of_topic(
        kind=Notice.Kind.ASSESSMENT_DUE,
        topic=_topic(campaign, "self"),
        recipients=late,
        occasion=occasion,
        due_on=campaign.due_on,
        sent_by=by,
    )
    if not campaign.asks_head:
        return told
    heads = heads_of_staff(on)
    waiting = tasks.filter(head_done_at__isnull=True).values_list("employee", flat=True)
    return told + tell_of_topic(
        kind=Notice.Kind.ASSESSMENT_HEAD,
        topic=_topic(campaign, "team"),
        recipients={head for pk in waiting for head in heads.get(pk, ())},
        occasion=occasion,
        due_on=campaign.due_on,
        sent_by=by,
    )


def _topic(campaign: Campaign, place: str) -> Topic:
    path = f"/assessments/{campaign.key}/{place}"
    return Topic(campaign.key, campaign.title_ja, campaign.title_en, path)


def save_self_assessment(
    *, employee: Employee, campaign: Campaign, levels: Levels, is_final: bool, on: date
) -> CampaignTask:
    """Keep what the person has filled in, or hand it in. Until the last day it may be done again.

    Args:
        levels: competency key -> level. When final, of every competency asked; else those to be
            kept, beside what has been kept already.

    Raises:
        AssessmentRefused: `not_asked` the person, a competency or this day; `incomplete`;
            `level` no such level.
    """
    rows = campaign.tasks.filter(employee=employee)
    return _save(SELF, rows, levels, is_final=is_final, on=on, by=None)


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
    headed = tasks_headed_by(viewer, campaign, on).filter(
        employee__staff_number=staff_number, campaign__asks_head=True
    )
    rows = campaign.tasks.filter(pk__in=headed.order_by().values("pk"))
    return _save(HEAD, rows, levels, is_final=is_final, on=on, by=viewer)


@transaction.atomic
def _save(
    part: Part,
    rows: QuerySet[CampaignTask],
    levels: Levels,
    *,
    is_final: bool,
    on: date,
    by: Any,
) -> CampaignTask:
    task = _held(rows)
    asked = _checked(task, levels, is_final=is_final, on=on)
    # Merged, so that two windows of the same form do not undo each other.
    kept = {} if is_final else getattr(task, part.draft)
    setattr(task, part.draft, {**kept, **levels})
    if by is not None:
        task.head = by
    if is_final:
        setattr(task, part.done_at, timezone.now())
        _judge(task, asked, levels, part.kind, by)
        if by is not None:
            log_skills_views(viewer=by, subject_ids=[task.employee_id], what="assessment")
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
