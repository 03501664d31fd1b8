"""Nothing of a course changes while the course is under review: Wagtail's own locks say so."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.locks import BaseLock, WorkflowLock
from wagtail.models import PagePermissionTester, WorkflowState


def review_of(course_page: Any) -> WorkflowState | None:
    """The review in progress of a course page; None = there is none."""
    return (
        WorkflowState.objects.for_instance(course_page)
        .filter(status=WorkflowState.STATUS_IN_PROGRESS)
        .select_related("requested_by", "current_task_state__task")
        .first()
    )


def course_page_above(page: Any) -> Any | None:
    """The course page that a page is part of, or is; None = it is part of no course."""
    # Here, because the page mixins lock by what is below.
    from courses.catalogue.selectors import course_page_models

    for model in course_page_models():
        found = model.objects.ancestor_of(page, inclusive=True).first()
        if found is not None:
            return found
    return None


def review_above(page: Any) -> WorkflowState | None:
    """The review in progress of the course that the page is part of."""
    course_page = course_page_above(page)
    return None if course_page is None else review_of(course_page)


class PartOfReviewedCourseLock(BaseLock):
    """On what stands below a course page: nobody edits what is being judged."""

    def __init__(self, object: Any, review: WorkflowState) -> None:
        super().__init__(object)
        self.review = review

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        return review_message(self.review)

    def get_locked_by(self, user: Any) -> str:
        return _("Locked by the review")

    def get_description(self, user: Any) -> str:
        return _("Nothing of a course can be edited while it is under review")


class ReviewedCourseLock(WorkflowLock):
    """On the course page itself. Its reviewers may open it, because they decide there."""

    def get_message(self, user: Any) -> str | None:
        return review_message(self.object.current_workflow_state) if self.for_user(user) else None


def review_message(review: WorkflowState) -> str:
    """Who has the course now, and how to get it back."""
    page = review.content_object
    return format_html(
        _(
            "The course “{title}” is under review and cannot be edited. Submitted by {author};"
            " now at “{task}”. To change something, withdraw the submission."
        )
        + ' <span class="buttons"><a class="button button-small button-secondary" href="{url}">'
        "{label}</a></span>",
        title=page.title,
        author=get_user_display_name(review.requested_by) if review.requested_by else "–",
        task=review.current_task_state.task.name,
        label=_("Submission for review"),
        url=reverse("lms_courses_review:submit", args=[page.pk]),
    )


def review_lock(page: Any) -> BaseLock | None:
    """The lock of a page below a course page; None = the course is not under review."""
    review = review_above(page)
    return None if review is None else PartOfReviewedCourseLock(page, review)


def review_lock_of_activity(activity: Any) -> BaseLock | None:
    """The same for an activity, whichever language of its course is under review."""
    from courses.catalogue.selectors import course_pages

    for page in course_pages(activity.course):
        review = review_of(page)
        if review is not None:
            return PartOfReviewedCourseLock(activity, review)
    return None


class CoursePermissions(PagePermissionTester):
    """Wagtail's page permissions, less what would publish or change a part of a course alone.

    Administrators keep the right to publish a single page, except of what is under review.
    """

    def can_publish(self) -> bool:
        return bool(super().can_publish() and self.user.is_superuser and self._is_free)

    def can_publish_subpage(self) -> bool:
        return bool(super().can_publish_subpage() and self.user.is_superuser)

    def can_submit_for_moderation(self) -> bool:
        # There is one way to submit a course, and it shows the course check first.
        return False

    def can_add_subpage(self) -> bool:
        return bool(super().can_add_subpage() and self._is_free)

    def can_reorder_children(self) -> bool:
        return bool(super().can_reorder_children() and self._is_free)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return bool(super().can_delete(ignore_bulk) and self._is_free)

    @cached_property
    def _is_free(self) -> bool:
        return review_above(self.page) is None
