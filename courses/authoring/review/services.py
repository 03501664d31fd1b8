"""Setting up, submitting, withdrawing and deciding a review; Wagtail's workflows do the rest."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Workflow, WorkflowPage, WorkflowState, WorkflowTask

from courses.authoring.review.exceptions import (
    AlreadyUnderReview,
    MayNotDecide,
    NoReviewSetUp,
    NotUnderReview,
    ReasonMissing,
)
from courses.authoring.review.models import (
    CourseReviewTask,
    CourseSecondApprovalTask,
    CourseTask,
)
from courses.authoring.review.rules import COMMENTS_ONLY, SUBMITTED, is_reviewer, objection
from courses.authoring.services import set_up_reviewers
from courses.catalogue.locks import review_of

APPROVE, REQUEST_CHANGES = "approve", "request_changes"
WAGTAIL_ACTIONS = {APPROVE: "approve", REQUEST_CHANGES: "reject"}


@transaction.atomic
def set_up_review(*, root: Any) -> Workflow:
    """The workflow of every course below a page, decided by the group of reviewers.

    Idempotent; a workflow that an administrator gave the page stays as it is.
    """
    group = set_up_reviewers(root=root)
    given = WorkflowPage.objects.filter(page=root).select_related("workflow").first()
    if given is not None:
        return given.workflow
    with translation.override(settings.LANGUAGE_CODE):
        workflow = Workflow.objects.create(name=_("Review of courses"))
        tasks = (
            CourseReviewTask.objects.create(name=_("Review")),
            CourseSecondApprovalTask.objects.create(name=_("Second approval")),
        )
    for order, task in enumerate(tasks):
        task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.create(page=root, workflow=workflow)
    return workflow


def is_course_review(workflow: Workflow) -> bool:
    tasks = [task.specific for task in workflow.tasks]
    return bool(tasks) and all(isinstance(task, CourseTask) for task in tasks)


@transaction.atomic
def submit_for_review(*, page: Any, by: Any, note: str = "") -> WorkflowState:
    """Start the review of the course as drafted.

    A review that ended with a wish for changes begins anew: what was approved before the changes
    was another draft.

    Args:
        note: what changed, for the reviewers and the list of versions.

    Raises:
        NoReviewSetUp: no workflow of course tasks applies to the page; any other one would
            publish the page without its lessons.
        AlreadyUnderReview: it was submitted before and is not decided yet.
        CourseNotReady: the course check found errors (the first task of the workflow asks it).
    """
    workflow = page.get_workflow()
    if workflow is None or not is_course_review(workflow):
        raise NoReviewSetUp(
            _("No review is set up for this course. Ask the administrator to assign a workflow.")
        )
    current = page.current_workflow_state
    if current is not None and current.status == WorkflowState.STATUS_IN_PROGRESS:
        raise AlreadyUnderReview(_("The course is under review already."))
    if current is not None:
        current.cancel(user=by)
    if page.latest_revision_id is None:
        page.save_revision(user=None, clean=False)  # the author changed lessons only
    review: WorkflowState = workflow.start(page, by)
    log(
        instance=page,
        action=SUBMITTED,
        user=by,
        revision=page.get_latest_revision(),
        data={"review": review.pk, "note": note.strip()},
    )
    return review


@transaction.atomic
def withdraw_from_review(*, page: Any, by: Any) -> None:
    """The author takes the course back to go on working.

    Raises:
        NotUnderReview: it was decided meanwhile.
        MayNotDecide: neither the author who submitted it nor a reviewer.
    """
    review = review_of(page)
    if review is None:
        raise NotUnderReview(_("The course is not under review."))
    if not (review.user_can_cancel(by) or is_reviewer(page, by)):
        raise MayNotDecide(COMMENTS_ONLY)
    review.cancel(user=by)


@transaction.atomic
def decide(*, page: Any, by: Any, decision: str, comment: str = "") -> WorkflowState:
    """Approve the course, or ask its author for changes; approved last, it is published.

    Args:
        by: a reviewer's account, or that of a guest by link.
        decision: `APPROVE` or `REQUEST_CHANGES`.
        comment: for the author; needed with `REQUEST_CHANGES`.

    Raises:
        NotUnderReview: there is nothing to decide.
        MayNotDecide: not this person.
        ReasonMissing: changes were asked for without saying which.
    """
    if decision == REQUEST_CHANGES and not comment.strip():
        raise ReasonMissing(_("Say what should change."), place="comment")
    # Two who decide in the same moment: the second one meets the state the first one left.
    review = (
        WorkflowState.objects.for_instance(page)
        .select_for_update()
        .filter(status=WorkflowState.STATUS_IN_PROGRESS)
        .first()
    )
    if review is None or review.current_task_state is None:
        raise NotUnderReview(_("The course is not under review."))
    task_state = review.current_task_state.specific
    task_state.workflow_state = review
    task = task_state.task.specific
    reason = objection(task, page, by)
    if reason is not None:
        raise MayNotDecide(reason)
    task.on_action(task_state, by, WAGTAIL_ACTIONS[decision], comment=comment.strip())
    review.refresh_from_db()
    return review
