"""A round of assessments, and who has done the part that is theirs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.bilingual import BilingualTitle, Keyed
from lms.people.models import Department, Employee
from skills_matrix.assessments.models import Assessment
from skills_matrix.competencies.models import LEVEL_VALIDATORS, Competency


class Campaign(Keyed, BilingualTitle):
    """One row per round, usually one a fiscal year. Open on [opens_on, due_on], both included.

    Asked are the people of `department` and below (absent = the whole office), of the competencies
    listed; of each person those with a target, or all where none has one.
    """

    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    opens_on = models.DateField(pgettext_lazy("campaign", "opens on"))
    due_on = models.DateField(pgettext_lazy("campaign", "last day"))
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
        help_text=_("Empty: the whole office."),
    )
    competencies = models.ManyToManyField(
        Competency, related_name="campaigns", verbose_name=_("competencies")
    )
    asks_head = models.BooleanField(_("the head assesses too"), default=True)

    class Meta:
        verbose_name = _("assessment campaign")
        verbose_name_plural = _("assessment campaigns")
        ordering = ["-opens_on", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")), name="lms_skills_campaign_ends_after_start"
            )
        ]


class CampaignTask(models.Model):
    """One row per person asked. `draft` is what the person has filled in and not handed in yet.

    `draft` = {competency key: level}; `head_draft` the same by the head. Judgements themselves are
    assessments, written when a part is handed in.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="tasks")
    employee = models.ForeignKey(
        Employee,
        on_delete=models.CASCADE,
        related_name="campaign_tasks",
        verbose_name=_("employee"),
    )
    draft = models.JSONField(default=dict)
    self_done_at = models.DateTimeField(_("self-assessed at"), null=True)
    head_draft = models.JSONField(default=dict)
    head_done_at = models.DateTimeField(_("assessed by the head at"), null=True)
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("head"),
    )

    class Meta:
        verbose_name = _("task of a campaign")
        verbose_name_plural = _("tasks of a campaign")
        ordering = ["campaign", "employee"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "employee"], name="lms_skills_campaign_task_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.employee_id}"


class Settlement(models.Model):
    """One row each time a difference between person and head was talked over; the latest stands.

    `level` is what was settled on. Where that changed the level, `judgement` is the head's
    assessment as changed, with the reason; absent = what had been judged stands. A part that the
    head hands in later opens the question again.
    """

    task = models.ForeignKey(CampaignTask, on_delete=models.CASCADE, related_name="settlements")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"), validators=LEVEL_VALIDATORS)
    reason = models.TextField(pgettext_lazy("calibration", "reason"), blank=True, max_length=1000)
    judgement = models.OneToOneField(
        Assessment, on_delete=models.SET_NULL, null=True, related_name="settlement"
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    settled_at = models.DateTimeField()

    class Meta:
        verbose_name = _("settled difference")
        verbose_name_plural = _("settled differences")
        ordering = ["settled_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(judgement__isnull=True) | ~Q(reason=""),
                name="lms_skills_settlement_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.competency_id} {self.level}"
