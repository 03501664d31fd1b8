"""How machines sign in, and who looked at whose record."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.models import Employee


class ApiToken(models.Model):
    """One row per bearer token handed out. Only the SHA-256 of the secret is kept.

    A token acts as its user, and only within its scopes.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lms_api_tokens"
    )
    name = models.CharField(_("name"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class RecordView(models.Model):
    """One row per look of somebody at another person's learning. Kept to answer for it."""

    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lms_record_views"
    )
    subject = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="record_views")
    what = models.CharField(
        max_length=64, help_text=_("Which screen, file or action, e.g. `oversight.csv`.")
    )
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("look at a record")
        verbose_name_plural = _("looks at records")
        ordering = ["-seen_at"]
        indexes = [
            models.Index(fields=["subject", "seen_at"], name="lms_core_view_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.viewer_id} {self.subject_id} {self.what}"
