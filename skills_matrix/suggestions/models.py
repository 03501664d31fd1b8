"""What somebody says to a suggested project, and how often they want to be told of a new one."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.people.models import Employee
from skills_matrix.projects.models import Project

MOST_NOTICES = 30


class SuggestionAnswer(models.Model):
    """One row per answer, written once; of a person and project the last one holds.

    `withdrawn` = as if nothing had been said, which no row means too. A reason belongs to *not for
    me* and is read by nobody but the person. *hidden* = the match is shown to nobody else.
    """

    class Choice(models.TextChoices):
        INTERESTED = "interested", pgettext_lazy("answer to a suggestion", "interested")
        NOT_FOR_ME = "not_for_me", pgettext_lazy("answer to a suggestion", "not for me")
        HIDDEN = "hidden", pgettext_lazy("answer to a suggestion", "hidden from others")
        WITHDRAWN = "withdrawn", pgettext_lazy("answer to a suggestion", "no answer")

    class Reason(models.TextChoices):
        NO_TIME = "no_time", pgettext_lazy("reason against a project", "no time for it now")
        OTHER_WORK = "other_work", pgettext_lazy("reason against a project", "too far from my work")
        NO_INTEREST = "no_interest", pgettext_lazy("reason against a project", "another field")
        UNSURE = "unsure", pgettext_lazy("reason against a project", "not sure of my skills")
        TIMING = "timing", pgettext_lazy("reason against a project", "not at this time of year")
        OTHER = "other", pgettext_lazy("reason against a project", "another reason")

    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="suggestion_answers"
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="suggestion_answers"
    )
    choice = models.CharField(max_length=16, choices=Choice.choices)
    reason = models.CharField(max_length=16, choices=Reason.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer to a suggestion")
        verbose_name_plural = _("answers to suggestions")
        ordering = ["employee", "project", "pk"]
        indexes = [
            models.Index(fields=["project", "employee", "-id"], name="lms_skills_answer_last")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(choice="not_for_me") & ~Q(reason="")
                | ~Q(choice="not_for_me") & Q(reason="", note=""),
                name="lms_skills_answer_reason_of_a_no",
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.project_id} {self.choice}"


class SuggestionNotices(models.Model):
    """One row per person who chose; no row = as `LMS_SKILLS_MATCH_NOTICES` says. 0 = none."""

    employee = models.OneToOneField(
        Employee, on_delete=models.CASCADE, related_name="suggestion_notices"
    )
    most_a_month = models.PositiveSmallIntegerField(validators=[MaxValueValidator(MOST_NOTICES)])

    class Meta:
        verbose_name = _("notices of suggestions")
        verbose_name_plural = _("notices of suggestions")

    def __str__(self) -> str:
        return f"{self.employee_id} {self.most_a_month}"
