"""What the office certified. A certificate says for ever what it said when it was issued."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.bilingual import BilingualTitle
from courses.models import Course
from lms.people.calendar import office_today
from lms.people.models import Employee


class Certificate(BilingualTitle):
    """One row per person, course and completion or renewal certified.

    Titles, name, version and office are copies: later renames do not change what was certified.
    `version` absent = the course had no published version. `valid_until` is the last day on
    which it holds; absent = without end.
    """

    class State(models.TextChoices):
        VALID = "valid", _("valid")
        REVOKED = "revoked", _("revoked")
        EXPIRED = "expired", pgettext_lazy("state of a certificate", "expired")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("verification code"), max_length=19, unique=True, editable=False)
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("employee")
    )
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("course")
    )
    holder_name = models.CharField(_("name"), max_length=100)
    office_name = models.CharField(_("office"), max_length=200)
    version = models.PositiveIntegerField(_("certified version"), null=True)
    certified_at = models.DateTimeField(_("completed at"))
    issued_at = models.DateTimeField(_("issued at"))
    valid_until = models.DateField(_("valid until"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_reason = models.TextField(_("reason for the revocation"), blank=True)
    is_withdrawn = models.BooleanField(
        default=False,
        help_text=_("Revoked because a record was corrected; a second correction restores it."),
    )

    class Meta:
        verbose_name = _("certificate of completion")
        verbose_name_plural = _("certificates of completion")
        ordering = ["-certified_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "course", "certified_at"], name="lms_core_certificate_once"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_reason="")
                | Q(revoked_at__isnull=False) & ~Q(revoked_reason=""),
                name="lms_core_certificate_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def state(self) -> str:
        """Valid, revoked or expired, today."""
        if self.revoked_at is not None:
            return self.State.REVOKED
        if self.valid_until is not None and self.valid_until < office_today(timezone.now()):
            return self.State.EXPIRED
        return self.State.VALID
