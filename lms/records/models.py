"""The append-only record of what learners did, in xAPI terms."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Activity, ExerciseContent, H5PContent
from lms.people.models import Employee
from lms.records.assurance import ScoreAssurance, score_assurance


class Statement(models.Model):
    """One row per xAPI statement accepted. Never changed, never deleted (database triggers).

    `statement` holds the whole normalised statement (xAPI 1.0.3 section 4); the columns beside
    it are what progress reads, copied at the time of writing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="statements")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="statements")
    content = models.ForeignKey(
        H5PContent,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("The package version the learner had; absent for lessons."),
    )
    exercise = models.ForeignKey(
        ExerciseContent,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("The version of the data exercise that was graded; absent for all else."),
    )
    verb = models.CharField(max_length=255)
    is_root = models.BooleanField(
        help_text=_("False: about a part of the activity; never graded by itself."),
    )
    score = models.FloatField(null=True, help_text=_("Fraction 0 to 1; absent: not scored."))
    graded_score = models.FloatField(
        null=True,
        help_text=_("Fraction the server found the response to be worth; absent: not gradable."),
    )
    duration = models.DurationField(
        null=True, help_text=_("How long it says that it took; absent: it does not say.")
    )
    timestamp = models.DateTimeField(help_text=_("When it happened, never later than stored."))
    stored = models.DateTimeField()
    fingerprint = models.CharField(
        max_length=64, help_text=_("SHA-256 of what the client sent, to tell a retry from a clash.")
    )
    voids = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="voidings",
        help_text=_("The statement that this one takes back; only the server does."),
    )
    statement = models.JSONField()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["stored", "id"]
        indexes = [
            models.Index(fields=["employee", "activity"], name="lms_core_stmt_emp_act"),
            models.Index(fields=["employee", "stored"], name="lms_core_stmt_emp_stored"),
        ]
        constraints = [
            # With a condition, so that SQLite need not make the table anew, without its triggers.
            models.UniqueConstraint(
                fields=["voids"],
                condition=models.Q(voids__isnull=False),
                name="lms_core_stmt_voided_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def assurance(self) -> ScoreAssurance:
        return score_assurance(self.score, self.graded_score)


class ActivityState(models.Model):
    """One row per person, activity and state id: what the player needs to resume.

    xAPI 1.0.3 section 2.3 of Communication. Replaced at will; not a record of learning.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="activity_states")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="activity_states")
    state_id = models.CharField(max_length=64)
    content = models.ForeignKey(H5PContent, on_delete=models.CASCADE, null=True, related_name="+")
    document = models.BinaryField()
    content_type = models.CharField(max_length=100)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("activity state")
        verbose_name_plural = _("activity states")
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "activity", "state_id"], name="lms_core_activity_state_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.activity_id} {self.state_id}"
