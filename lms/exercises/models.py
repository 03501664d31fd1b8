"""What learners handed in for data exercises."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Activity, ExerciseContent
from lms.people.models import Employee
from lms.records.models import Statement


class ExerciseAttempt(models.Model):
    """One row per file that a person handed in and that could be graded. Never changed.

    `report` is `courses.exercises.report.Report.as_json()`. `file` empty = no longer kept
    (LMS_EXERCISE_FILES_KEPT); it stands in the database, so that it has no address and goes
    where the row goes. Read it by `attempt_file`, lists leave it out.
    """

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="exercise_attempts"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="exercise_attempts"
    )
    exercise = models.ForeignKey(
        ExerciseContent,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The version it was graded by."),
    )
    statement = models.OneToOneField(
        Statement, on_delete=models.PROTECT, related_name="exercise_attempt"
    )
    number = models.PositiveIntegerField(help_text=_("Of this person and activity, from 1."))
    file_name = models.CharField(max_length=200)
    file_size = models.PositiveIntegerField(help_text=_("In bytes."))
    file = models.BinaryField(null=True)
    score = models.FloatField(help_text=_("Fraction 0 to 1."))
    report = models.JSONField()
    at = models.DateTimeField(_("handed in at"))

    class Meta:
        verbose_name = _("exercise attempt")
        verbose_name_plural = _("exercise attempts")
        ordering = ["employee", "activity", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "activity", "number"], name="lms_core_exercise_attempt_once"
            ),
            models.CheckConstraint(
                condition=Q(score__range=(0, 1)), name="lms_core_exercise_attempt_score_fraction"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.activity_id} #{self.number}"
