"""A course as drafted, in the shape that its learners will get, and where its review stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import TaskState, WorkflowState

from api.v1.courses.blocks import lesson_blocks
from api.v1.courses.detail import ActivityRow, CourseDetail, LessonRow, awards_of
from courses.authoring.description import describe
from courses.authoring.drafts import CourseDraft, is_test_out
from courses.authoring.review.models import ReviewLink
from courses.authoring.review.rules import (
    Objection,
    last_version,
    needs_second_approval,
    objection,
    submission_note,
)
from courses.catalogue.translations import is_own_language
from courses.models import Activity, H5PContent
from lms.enrolment.models import AudienceRule
from lms.enrolment.selectors import LearningItem
from lms.people.calendar import office_today
from lms.progress.services import rules_of

DRAFT, UNDER_REVIEW, CHANGES_REQUESTED, PUBLISHED = STATUSES = (
    "draft",
    "under_review",
    "changes_requested",
    "published",
)


@dataclass(frozen=True)
class ReviewState:
    """`objection` None = the holder of the link may decide now, if it is under review.

    `version` 0 = nothing was published yet. `drafted_at` None = nothing was drafted since.
    """

    link: ReviewLink
    status: str
    submitted_by: Any | None
    submitted_at: datetime | None
    note: str
    approvals_given: int
    approvals_needed: int
    objection: Objection | None
    decision_comment: str
    version: int
    drafted_at: datetime | None

    @property
    def may_decide(self) -> bool:
        return self.status == UNDER_REVIEW and self.objection is None


def review_state(link: ReviewLink, draft: CourseDraft) -> ReviewState:
    page = draft.page
    state = page.current_workflow_state
    in_progress = state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS
    task_state = state.current_task_state if state is not None else None
    version = last_version(page)
    return ReviewState(
        link=link,
        status=_status(draft, state),
        submitted_by=state.requested_by if state is not None else None,
        submitted_at=state.created_at if state is not None else None,
        note=submission_note(state) if state is not None else "",
        approvals_given=(
            state.task_states.filter(status=TaskState.STATUS_APPROVED).count() if in_progress else 0
        ),
        approvals_needed=2 if needs_second_approval(draft.course) else 1,
        objection=(
            objection(task_state.task.specific, page, link.reviewer)
            if in_progress and task_state is not None
            else None
        ),
        decision_comment=task_state.comment if task_state is not None else "",
        version=0 if version is None else version.number,
        drafted_at=max(
            (
                row.latest_revision.created_at
                for row in (*draft.pages, *draft.rules, *draft.activities)
                if row.latest_revision is not None
            ),
            default=None,
        ),
    )


def course_as_drafted(draft: CourseDraft) -> CourseDetail:
    """What a learner who has not begun would see after publication."""
    describe(draft)
    course = draft.course
    blocks = lesson_blocks([lesson.page for lesson in draft.lessons])
    lessons = [
        LessonRow(
            activity=row.lesson,
            progress=None,
            module="" if row.module is None else row.module.title,
            blocks=blocks[row.page.pk],
            activities=[ActivityRow(item, None) for item in row.activities if item.is_ready],
        )
        for row in draft.lessons
    ]
    every = [item.activity for row in lessons for item in row.activities]
    every_activity = [*(row.activity for row in lessons), *every]
    for activity in every_activity:
        activity.live = True  # in memory; publication makes it so
    item = LearningItem(
        course=course,
        enrolment=None,
        is_mandatory=AudienceRule.objects.filter(course=course, is_mandatory=True).exists(),
        due_on=None,
        is_overdue=False,
        done=0,
        total=sum(rule.is_required for rule in rules_of(every_activity).values()),
        started_at=None,
        last_at=None,
        completed_at=None,
        next_lesson=next((row.activity for row in lessons if not is_test_out(row.activity)), None),
    )
    return CourseDetail(item=item, awards=awards_of(course, office_today()), lessons=lessons)


def content_as_drafted(activity: Activity, language: str) -> H5PContent | None:
    """What a learner of the language would play: the translation under way, or else the original.

    Args:
        activity: the draft.
    """
    if not is_own_language(language):
        row = activity.translations.filter(language=language, content__isnull=False).first()
        if row is not None:
            return row.content
    return activity.content


def _status(draft: CourseDraft, state: WorkflowState | None) -> str:
    if state is not None:
        in_progress = state.status == WorkflowState.STATUS_IN_PROGRESS
        return UNDER_REVIEW if in_progress else CHANGES_REQUESTED
    rows = (*draft.pages, *draft.activities)
    is_changed = any(row.has_unpublished_changes or not row.live for row in rows)
    return DRAFT if is_changed else PUBLISHED
