"""One named view of the matrix per row."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

QUERY_LENGTH = 2_000


class SavedView(models.Model):
    """One row per person and name: the query of the matrix's address, as the client wrote it.

    It holds keys and days only. Whoever opens it sees what they may see by themselves.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=QUERY_LENGTH, blank=True)
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved view of the matrix")
        verbose_name_plural = _("saved views of the matrix")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="lms_skills_view_name_once")
        ]

    def __str__(self) -> str:
        return self.name
