"""What runs in the background, how far it is, and who holds it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JobRun(models.Model):
    """One row per piece of background work that was asked for.

    A worker holds a run until `lease_until` and renews that while it works. A run whose lease has
    ended belongs to nobody: its worker was killed, and another one takes it with the next
    `attempt`. Whatever a job writes is committed together with a look at `attempt`, so a worker
    that was only slow cannot do anything twice.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("job", "waiting")
        RUNNING = "running", pgettext_lazy("job", "running")
        DONE = "done", pgettext_lazy("job", "finished")
        FAILED = "failed", pgettext_lazy("job", "failed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind of job"), max_length=64)
    key = models.CharField(
        max_length=128,
        blank=True,
        help_text="Asking again for a run with this key gives the same run. Empty = any number.",
    )
    arguments = models.JSONField(default=dict)
    language = models.CharField(max_length=12, help_text="Of the texts that the run leaves.")
    state = models.CharField(
        _("state of the job"), max_length=16, choices=State.choices, default=State.WAITING
    )
    position = models.PositiveIntegerField(
        default=0, help_text="Steps that are committed: where the next attempt begins."
    )
    done = models.PositiveIntegerField(
        _("steps done"), default=0, help_text="What is shown; within a step it may run ahead."
    )
    total = models.PositiveIntegerField(_("steps in all"), default=0, help_text="0 = not known.")
    message = models.TextField(_("what it says"), blank=True)
    link = models.CharField(max_length=255, blank=True, help_text="Where its result is shown.")
    attempt = models.PositiveIntegerField(default=0, help_text="Only ever grows.")
    losses = models.PositiveSmallIntegerField(
        default=0, help_text="How often a worker was lost since somebody last asked for it."
    )
    lease_until = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked for by"),
        help_text="Absent = the timetable.",
    )
    created_at = models.DateTimeField(_("asked for at"))
    started_at = models.DateTimeField(_("begun at"), null=True)
    finished_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["lease_until"],
                condition=Q(state__in=["waiting", "running"]),
                name="lms_core_open_job_runs",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key=""), name="lms_core_job_key_once"
            ),
            models.CheckConstraint(
                condition=Q(total=0) | Q(done__lte=F("total")), name="lms_core_job_done_in_total"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
