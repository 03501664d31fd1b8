"""Which courses are whose, and by when."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from lms.people.models import Department, Employee, JobTier, Role


class AudienceRule(models.Model):
    """One row per group a course is meant for. Rows of a course are joined by "or".

    Within a row every value given must match (tier and role and department with its subtree);
    no value at all = everybody. A course without any row is meant for nobody.
    """

    course = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="audience", verbose_name=_("course")
    )
    tier = models.ForeignKey(
        JobTier, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("job tier")
    )
    role = models.ForeignKey(
        Role, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("role")
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("department")
    )
    is_mandatory = models.BooleanField(_("mandatory"), default=False)
    due_on = models.DateField(_("due on"), null=True, blank=True)

    class Meta:
        verbose_name = _("audience rule")
        verbose_name_plural = _("audience rules")
        ordering = ["course", "id"]
        constraints = [
            # Absent counts as a value: two rules for everybody are one too many.
            models.UniqueConstraint(
                "course",
                Coalesce("tier", 0),
                Coalesce("role", 0),
                Coalesce("department", 0),
                name="lms_core_audience_rule_once",
            ),
            models.CheckConstraint(
                condition=Q(is_mandatory=True) | Q(due_on__isnull=True),
                name="lms_core_audience_due_only_if_mandatory",
            ),
        ]

    def __str__(self) -> str:
        parts = [str(part) for part in (self.tier, self.role, self.department) if part]
        return " / ".join(parts) or str(_("everybody"))


class Enrolment(models.Model):
    """One row per person and course that the person takes or must take."""

    class Source(models.TextChoices):
        ASSIGNED = "assigned", _("assigned")
        CHOSEN = "chosen", _("chosen by the learner")

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="enrolments", verbose_name=_("employee")
    )
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("course")
    )
    source = models.CharField(_("source"), max_length=16, choices=Source.choices)
    enrolled_at = models.DateTimeField(_("enrolled at"))
    due_on = models.DateField(_("due on"), null=True, blank=True)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["employee", "course"]
        constraints = [
            models.UniqueConstraint(fields=["employee", "course"], name="lms_core_enrolment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.course_id}"
