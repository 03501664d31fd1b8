"""What the statements add up to. `replay_statements` rebuilds both tables from nothing."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Activity, Course
from lms.people.models import Employee


class ActivityProgress(models.Model):
    """One row per person and activity touched or granted. No row = never opened, not score 0."""

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="activity_progress"
    )
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="progress")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    best_score = models.FloatField(null=True)
    done_at = models.DateTimeField(
        null=True,
        help_text=_(
            "First time passed (graded), answered (ungraded), done as its rule says (lesson), or"
            " granted."
        ),
    )
    last_done_at = models.DateTimeField(null=True)
    assured_at = models.DateTimeField(
        null=True, help_text=_("First time done with a score that the server itself found.")
    )
    last_assured_at = models.DateTimeField(null=True)
    time_read = models.DurationField(
        default=timedelta(0), help_text=_("Of a lesson with a minimum time: how long it was read.")
    )
    counted_at = models.DateTimeField(
        null=True, help_text=_("Of a question of a test-out: the latest attempt that counted.")
    )
    granted_at = models.DateTimeField(
        null=True, help_text=_("First time that a test-out granted it; absent: never.")
    )
    last_granted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("activity progress")
        verbose_name_plural = _("activity progress")
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "activity"], name="lms_core_activity_progress_once"
            ),
            models.CheckConstraint(
                condition=Q(best_score__isnull=True) | Q(best_score__range=(0, 1)),
                name="lms_core_activity_progress_score_fraction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.activity_id}"

    @property
    def is_granted(self) -> bool:
        """Done because a test-out granted it, before it was learned here."""
        return self.granted_at is not None and self.granted_at == self.done_at


class CourseProgress(models.Model):
    """One row per person and course with at least one statement.

    `completed_at` is the first moment at which every required activity was done;
    `renewed_at` the latest such moment after it, if each graded activity was passed again.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="course_progress")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="progress")
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    renewed_at = models.DateTimeField(null=True)
    assured_at = models.DateTimeField(
        null=True, help_text=_("When complete, counting of the scores those the server found.")
    )
    assured_renewed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("course progress")
        verbose_name_plural = _("course progress")
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "course"], name="lms_core_course_progress_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.course_id}"
