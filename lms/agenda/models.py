"""The secret address under which a calendar program fetches a person's due dates."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.models import Employee


class AgendaLink(models.Model):
    """One row per person with a calendar address. Only the SHA-256 of its secret is kept."""

    employee = models.OneToOneField(
        Employee, on_delete=models.CASCADE, related_name="agenda_link", verbose_name=_("employee")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.employee_id)
