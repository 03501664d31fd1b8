"""The two steps of a course's review as Wagtail tasks, and links for reviewers without account."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from courses.authoring.check.course import refuse_unready
from courses.authoring.publishing import publish_course
from courses.authoring.review.rules import needs_second_approval, objection, submission_note
from courses.catalogue.locks import ReviewedCourseLock
from courses.catalogue.models import Course

ACTIONS = (
    ("reject", _("Ask for changes"), True),
    ("approve", _("Approve"), False),
    ("approve", _("Approve with comment"), True),
)


class CourseTask(AbstractGroupApprovalTask):
    """A step that the members of its groups decide, except where `objection` says no.

    Attributes:
        needs_account: whether guests by link are left out.
    """

    # As Wagtail's, in words of our own: theirs would make a migration of ours in some version.
    groups = models.ManyToManyField(
        Group, verbose_name=_("groups"), help_text=_("Their members may approve the course.")
    )

    lock_class = ReviewedCourseLock
    needs_account = False

    class Meta:
        abstract = True

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Whoever submits the course, and by whichever button: its check has the last word.

        Raises:
            CourseNotReady: the course check found errors; nothing was started.
        """
        # What a step before has approved was looked at when it started.
        if not workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED).exists():
            refuse_unready(workflow_state.content_object.specific)
        return super().start(workflow_state, user=user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        return [] if objection(self, obj, user) else list(ACTIONS)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return objection(self, obj, user) is not None

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return objection(self, obj, user) is None

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return False

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        mine = [
            state.pk
            for state in waiting.select_related("workflow_state")
            if not objection(self, state.workflow_state.content_object, user)
        ]
        return waiting.filter(pk__in=mine)

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Decide. What is approved last is published in the same transaction.

        Wagtail's finishing action publishes the course page alone, before any signal could
        publish its lessons, and which action that is belongs to the host's settings. The review's
        own state therefore carries the action that fits a course: it runs exactly where Wagtail's
        would, after the state is approved (a publication would cancel one in progress) and before
        anybody is told.

        Raises:
            PermissionDenied: the person may not; the views and services ask before.
        """
        review = task_state.workflow_state
        page = review.content_object.specific
        # Again, because the address of the admin's view names page and task state separately.
        reason = objection(self, page, user)
        if reason is not None:
            raise PermissionDenied(reason.message)

        def publish(user: Any = None) -> None:
            publish_course(page=page, by=user, note=submission_note(review))

        review.on_finish = publish
        super().on_action(task_state, user, action_name, **kwargs)

    @transaction.atomic
    def deactivate(self, user: Any = None) -> None:
        """Without one of its steps a review ends undecided. Wagtail would go on and publish."""
        reviews = WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS, current_task_state__task=self
        )
        for review in reviews:
            review.cancel(user=user)
        super().deactivate(user=user)


class CourseReviewTask(CourseTask):
    """The first approval, by a reviewer or by a guest whom a reviewer lets approve."""

    class Meta:
        verbose_name = _("course review")
        verbose_name_plural = _("course reviews")

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups approve; never whoever wrote the draft.")


class CourseSecondApprovalTask(CourseTask):
    """The second approval, for courses that are mandatory for a tier; else it passes by itself."""

    needs_account = True

    class Meta:
        verbose_name = _("second approval of a course")
        verbose_name_plural = _("second approvals of a course")

    @classmethod
    def get_description(cls) -> Any:
        return _("Needed where the course is mandatory for a tier; by another person.")

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        page = workflow_state.content_object.specific
        if needs_second_approval(page.course):
            return super().start(workflow_state, user=user)
        revision = page.get_latest_revision()
        # Made here, because Wagtail's start would ask the reviewers by e-mail.
        state = self.get_task_state_class().objects.create(
            workflow_state=workflow_state,
            task=self,
            revision=revision,
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
        )
        log(instance=page, action="lms_courses.second_approval_skipped", revision=revision)
        return state


class ReviewLink(models.Model):
    """One row per invitation to the review screen of a course in one language.

    Only the SHA-256 of the secret is kept. `reviewer` is who comments and decides with it: an
    account that cannot sign in, made for the guest, or the account of a reviewer of the site.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="review_links")
    language = models.CharField(_("language"), max_length=16)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(_("name of the reviewer"), max_length=100)
    email = models.EmailField(_("e-mail address"), blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_links"
    )
    is_guest = models.BooleanField(default=True)
    may_approve = models.BooleanField(_("may approve"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_links_given"
    )
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("review link")
        verbose_name_plural = _("review links")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="lms_courses_review_link_expires_later",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """`valid`, `expired` or `revoked`."""
        if self.revoked_at is not None:
            return "revoked"
        return "valid" if timezone.now() < self.expires_at else "expired"
