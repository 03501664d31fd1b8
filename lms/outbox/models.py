"""What is still to be forwarded to another record store."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxStatement(models.Model):
    """One row per statement on its way, written in the transaction that stores the statement.

    Gone once the other store has it. Rows go out in the order of their ids.
    """

    statement_id = models.UUIDField(unique=True)
    statement = models.JSONField()
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(
        null=True,
        db_index=True,
        help_text=_("Not sent before that; empty: refused, and not sent again."),
    )
    error = models.TextField(blank=True, help_text=_("What the other side said last."))

    class Meta:
        verbose_name = _("statement to be forwarded")
        verbose_name_plural = _("statements to be forwarded")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.statement_id)
