"""Human judgement of a skill: the only evidence that is stored rather than derived."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.models import Employee
from skills_matrix.competencies.models import LEVEL_VALIDATORS, Assurance, Competency


class Assessment(models.Model):
    """One row per judgement. A later one of the same kind supersedes it; none is overwritten."""

    class Kind(models.TextChoices):
        SELF = "self", _("self-assessment")
        SUPERVISOR = "supervisor", _("supervisor's assessment")
        CERTIFICATE = "certificate", _("certificate")
        TEST = "test", _("supervised test")
        PROJECT = "project", _("project work")
        MENTORING = "mentoring", _("mentoring session")

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="assessments", verbose_name=_("employee")
    )
    competency = models.ForeignKey(
        Competency,
        on_delete=models.PROTECT,
        related_name="assessments",
        verbose_name=_("competency"),
    )
    level = models.PositiveSmallIntegerField(_("level"), validators=LEVEL_VALIDATORS)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    assurance = models.PositiveSmallIntegerField(_("assurance"), choices=Assurance.choices)
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assessor"),
    )
    assessed_at = models.DateTimeField(_("assessed at"))
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["employee", "competency", "assessed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__range=(0, 4)), name="lms_skills_assessment_level_0_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.competency_id} {self.level}"


# How sure a judgement of each kind is.
ASSURANCES = {
    Assessment.Kind.SELF: Assurance.SELF_DECLARED,
    Assessment.Kind.SUPERVISOR: Assurance.SUPERVISOR,
    Assessment.Kind.CERTIFICATE: Assurance.CERTIFICATE,
    Assessment.Kind.TEST: Assurance.SUPERVISED_TEST,
    Assessment.Kind.PROJECT: Assurance.PROJECT_OUTCOME,
    # Two people say so who know each other: more than oneself, less than anybody in charge.
    Assessment.Kind.MENTORING: Assurance.BROWSER_QUIZ,
}


class SkillsView(models.Model):
    """One row per look at another person's skills: who, whom, what and why, when.

    The database refuses to change or delete one, whoever asks. `what` begins with a key of
    `assessments/purposes.py`, which says why.
    """

    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="skills_views")
    what = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("view of skills")
        verbose_name_plural = _("views of skills")
        ordering = ["-seen_at", "-id"]
        indexes = [models.Index(fields=["subject", "seen_at"], name="lms_skills_view_subject")]

    def __str__(self) -> str:
        return f"{self.viewer_id} → {self.subject_id} {self.what}"
