"""What people say is wrong about their own skills."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.people.models import Employee
from skills_matrix.competencies.models import LEVEL_VALIDATORS, Competency


class Correction(models.Model):
    """One row per request. What HR changes is evidence; this only says that and why."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("correction", "open")
        ACCEPTED = "accepted", pgettext_lazy("correction", "accepted")
        DECLINED = "declined", pgettext_lazy("correction", "declined")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("employee")
    )
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="+", verbose_name=_("competency")
    )
    text = models.TextField(pgettext_lazy("correction", "what is wrong"), max_length=1000)
    wanted_level = models.PositiveSmallIntegerField(
        pgettext_lazy("correction", "level it should be"), null=True, validators=LEVEL_VALIDATORS
    )
    state = models.CharField(
        pgettext_lazy("correction", "state"),
        max_length=16,
        choices=State.choices,
        default=State.OPEN,
    )
    answer = models.TextField(pgettext_lazy("correction", "answer"), blank=True, max_length=1000)
    created_at = models.DateTimeField(pgettext_lazy("correction", "asked at"))
    answered_at = models.DateTimeField(pgettext_lazy("correction", "answered at"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("correction request")
        verbose_name_plural = _("correction requests")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "competency"],
                condition=Q(state="open"),
                name="lms_skills_one_open_correction",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="lms_skills_correction_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.competency_id} {self.state}"
