"""Business processes (業務): work that has to go on, and who it takes to do it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.bilingual import BilingualTitle, Keyed
from lms.people.models import Department
from skills_matrix.competencies.models import Competency, EffectiveDates

MOST_PEOPLE = 9_999


class BusinessProcess(Keyed, BilingualTitle, EffectiveDates):
    """One row per piece of work. Who is posted in the department in charge or below does it."""

    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        related_name="processes",
        verbose_name=_("department in charge"),
    )

    class Meta(EffectiveDates.Meta):
        verbose_name = _("business process")
        verbose_name_plural = _("business processes")
        ordering = ["key"]


class ProcessNeed(models.Model):
    """One row per skill a process takes, at a level, with how many people must have it.

    A headcount of 0 watches who can do it, and is never short.
    """

    process = models.ForeignKey(
        BusinessProcess,
        on_delete=models.CASCADE,
        related_name="needs",
        verbose_name=_("business process"),
    )
    competency = models.ForeignKey(
        Competency,
        on_delete=models.PROTECT,
        related_name="process_needs",
        verbose_name=_("competency"),
    )
    level = models.PositiveSmallIntegerField(
        _("level"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    headcount = models.PositiveIntegerField(
        _("people needed"), validators=[MaxValueValidator(MOST_PEOPLE)]
    )

    class Meta:
        verbose_name = _("need of a business process")
        verbose_name_plural = _("needs of business processes")
        ordering = ["process", "competency", "level"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "competency", "level"], name="lms_skills_process_need_once"
            ),
            models.CheckConstraint(
                condition=Q(level__range=(1, 4)), name="lms_skills_process_need_level_1_to_4"
            ),
            models.CheckConstraint(
                condition=Q(headcount__lte=MOST_PEOPLE), name="lms_skills_process_need_headcount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} {self.competency_id} ≥ {self.level} × {self.headcount}"
