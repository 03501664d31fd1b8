"""What was handed in, so that what is applied is what was shown."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExchangeFile(models.Model):
    """One row per file of a framework or of judgements that was uploaded.

    `options` is what the form said besides: of a framework as CSV its key, version and title, and
    its mappings as CSV text.
    """

    class Kind(models.TextChoices):
        FRAMEWORK = "framework", _("framework")
        JUDGEMENTS = "judgements", pgettext_lazy("file", "skill judgements")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        pgettext_lazy("uploaded file", "kind"), max_length=16, choices=Kind.choices
    )
    file_name = models.CharField(_("file name"), max_length=255)
    content = models.BinaryField()
    options = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    applied_at = models.DateTimeField(_("applied at"), null=True)

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
