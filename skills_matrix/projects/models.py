"""DX projects the office could run, and the skills they need."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.bilingual import BilingualTitle, Keyed, in_language
from lms.people.models import Role
from skills_matrix.competencies.models import LEVEL_VALIDATORS, Competency


class Project(Keyed, BilingualTitle):
    """One row per DX project. Baseline figures carry the unit and the source's own period."""

    class Status(models.TextChoices):
        TEMPLATE = "template", _("template")
        OPEN = "open", _("open")
        RUNNING = "running", _("running")
        CLOSED = "closed", _("closed")

    class Effort(models.TextChoices):
        SMALL = "S", _("small")
        MEDIUM = "M", _("medium")
        LARGE = "L", _("large")

    measure = models.CharField(_("measure"), max_length=16)
    status = models.CharField(
        _("status"), max_length=16, choices=Status.choices, default=Status.TEMPLATE
    )
    effort = models.CharField(_("effort"), max_length=1, choices=Effort.choices)
    lead_role = models.ForeignKey(
        Role, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("lead role")
    )
    summary_ja = models.TextField(_("summary (Japanese)"), blank=True)
    summary_en = models.TextField(_("summary (English)"), blank=True)
    metric_ja = models.CharField(_("what is counted (Japanese)"), max_length=200, blank=True)
    metric_en = models.CharField(_("what is counted (English)"), max_length=200, blank=True)
    unit_ja = models.CharField(_("unit (Japanese)"), max_length=32, blank=True)
    unit_en = models.CharField(_("unit (English)"), max_length=32, blank=True)
    baseline_before = models.DecimalField(
        _("baseline before"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    baseline_after = models.DecimalField(
        _("baseline after or now"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    baseline_total = models.DecimalField(
        _("baseline denominator"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    baseline_note_ja = models.CharField(_("as of (Japanese)"), max_length=200, blank=True)
    baseline_note_en = models.CharField(_("as of (English)"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["key"]

    @property
    def summary(self) -> str:
        return in_language(self, "summary")


class ProjectNeed(models.Model):
    """One row per skill a project needs: the level, and whether it cannot do without."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="needs", verbose_name=_("project")
    )
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="needs", verbose_name=_("competency")
    )
    level = models.PositiveSmallIntegerField(_("level"), validators=LEVEL_VALIDATORS)
    is_must = models.BooleanField(_("must"), default=False)

    class Meta:
        verbose_name = _("project need")
        verbose_name_plural = _("project needs")
        ordering = ["project", "competency"]
        constraints = [
            models.UniqueConstraint(fields=["project", "competency"], name="lms_skills_need_once"),
            models.CheckConstraint(
                condition=Q(level__range=(1, 4)), name="lms_skills_need_level_1_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.competency_id} ≥ {self.level}"
