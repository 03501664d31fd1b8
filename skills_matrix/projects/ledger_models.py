"""The ledger of what projects save, and what an hour is worth."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.people.models import Employee, JobTier
from skills_matrix.competencies.models import EffectiveDates
from skills_matrix.engine.benefits import Work
from skills_matrix.projects.models import Project


class BenefitFigure(models.Model):
    """One row per figure as it was given, written once; a correction is a new row.

    Of a project and phase the row that none corrects holds. Cases are a year's, minutes a case's,
    `error_rate` a fraction of the cases. `tier` is of those who do the work, and says what their
    hours are worth. `measured_on` absent = the source does not say, or a forecast.
    """

    class Phase(models.TextChoices):
        BEFORE = "before", pgettext_lazy("figure of a project", "before")
        FORECAST = "forecast", pgettext_lazy("figure of a project", "forecast")
        MEASURED = "measured", pgettext_lazy("figure of a project", "measured")
        MEASURED_3M = "measured_3m", pgettext_lazy("figure of a project", "after 3 months")
        MEASURED_12M = "measured_12m", pgettext_lazy("figure of a project", "after 12 months")

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="figures", verbose_name=_("project")
    )
    phase = models.CharField(_("phase"), max_length=16, choices=Phase.choices)
    cases_per_year = models.DecimalField(
        _("cases a year"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)]
    )
    minutes_per_case = models.DecimalField(
        _("minutes a case"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)]
    )
    people = models.PositiveIntegerField(_("people who do it"), null=True, blank=True)
    error_rate = models.DecimalField(
        _("share of cases with an error"),
        max_digits=5,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    tier = models.ForeignKey(
        JobTier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("job tier of those who do it"),
    )
    measured_on = models.DateField(_("measured on"), null=True, blank=True)
    measured_by = models.ForeignKey(
        Employee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("measured by"),
    )
    how = models.TextField(_("how it was measured"))
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("figure of a project")
        verbose_name_plural = _("figures of projects")
        ordering = ["project", "recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "phase"],
                condition=Q(corrects=None),
                name="lms_skills_figure_first_once",
            ),
            models.CheckConstraint(
                condition=Q(cases_per_year__gte=0, minutes_per_case__gte=0),
                name="lms_skills_figure_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(error_rate=None) | Q(error_rate__range=(0, 1)),
                name="lms_skills_figure_error_rate_fraction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.phase}"

    def work(self, yen_per_hour: int | None = None) -> Work:
        """As the engine reckons with it."""
        return Work(self.cases_per_year, self.minutes_per_case, self.measured_on, yen_per_hour)


class HourlyRate(EffectiveDates):
    """What an hour of a job tier is worth, in yen, from a day on. No row = the office set none."""

    tier = models.ForeignKey(
        JobTier, on_delete=models.CASCADE, related_name="+", verbose_name=_("job tier")
    )
    yen = models.PositiveIntegerField(_("yen an hour"), validators=[MinValueValidator(1)])

    class Meta(EffectiveDates.Meta):
        verbose_name = _("hourly rate")
        verbose_name_plural = _("hourly rates")
        ordering = ["tier", "effective_from"]
        constraints = [
            *EffectiveDates.Meta.constraints,
            models.UniqueConstraint(
                fields=["tier", "effective_from"], name="lms_skills_hourly_rate_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tier_id} {self.yen}"
