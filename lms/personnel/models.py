"""What HR hands in as a change of personnel, what it would do, and how to take it back."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.jobs.models import JobRun


class PersonnelChange(models.Model):
    """One row per file of people that HR uploaded.

    `effects` is what the preview showed: one dict per person (`lms.personnel.effects`). Applying
    does the same work again and is refused if that would do anything else than was shown.
    `journal` is what applying wrote (`lms.personnel.journal`); undoing reads it backwards.
    """

    class State(models.TextChoices):
        READING = "reading", pgettext_lazy("personnel change", "being read")
        REFUSED = "refused", pgettext_lazy("personnel change", "has faults")
        PREVIEWED = "previewed", pgettext_lazy("personnel change", "ready to be applied")
        APPLIED = "applied", pgettext_lazy("personnel change", "applied")
        UNDONE = "undone", pgettext_lazy("personnel change", "undone")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField(_("file name"), max_length=255)
    file = models.BinaryField()
    ignored_columns = models.JSONField(default=list)
    effective_on = models.DateField(_("effective on"))
    language = models.CharField(max_length=12, help_text="Of the texts in what follows.")
    state = models.CharField(
        _("state of the change"), max_length=16, choices=State.choices, default=State.READING
    )
    note = models.TextField(blank=True, help_text="Why it is in this state, if not as asked.")
    row_count = models.PositiveIntegerField(_("rows in the file"), default=0)
    faults = models.JSONField(default=list)
    effects = models.JSONField(default=list)
    journal = models.JSONField(default=dict)
    run = models.ForeignKey(
        JobRun, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("job")
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    applied_at = models.DateTimeField(_("applied at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)

    class Meta:
        verbose_name = _("personnel change")
        verbose_name_plural = _("personnel changes")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.effective_on:%Y-%m-%d})"
