"""What teams the DX office asked for, what was found, and what was adopted."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.jobs.models import JobRun
from lms.people.models import Employee
from skills_matrix.projects.models import Project, ProjectMember


class TeamRequest(models.Model):
    """One row per composition asked for; `answer` is the best one found so far.

    `rules` are the fields of the engine's TeamRules, critical competencies by id and concessions as
    the breaches they allow. `answer` is what `records.py` makes of the engine's answer, with ids;
    null = nothing yet. `earlier` is the composition that this one was asked for again from.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("teams", "waiting")
        GREEDY = "greedy", pgettext_lazy("teams", "first answer")
        WITHIN = "within", pgettext_lazy("teams", "near the best")
        OPTIMAL = "optimal", pgettext_lazy("teams", "proven best")
        IMPOSSIBLE = "impossible", pgettext_lazy("teams", "impossible under the rules")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    projects = models.ManyToManyField(
        Project, related_name="team_requests", verbose_name=_("projects")
    )
    rules = models.JSONField(_("rules"), default=dict)
    seconds = models.PositiveSmallIntegerField(_("seconds to look for the best"), default=60)
    status = models.CharField(
        pgettext_lazy("teams", "state"),
        max_length=16,
        choices=Status.choices,
        default=Status.WAITING,
    )
    is_final = models.BooleanField(
        default=False, help_text=_("Nothing better will come: the background job has ended.")
    )
    job = models.ForeignKey(
        JobRun, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("job")
    )
    answer = models.JSONField(_("teams found"), null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    asked_at = models.DateTimeField(_("asked for at"))
    earlier = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("made from")
    )
    found_at = models.DateTimeField(_("found at"), null=True)

    class Meta:
        verbose_name = _("composition of teams")
        verbose_name_plural = _("compositions of teams")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="waiting", answer=None)
                | (~Q(status="waiting") & Q(found_at__isnull=False)),
                name="lms_skills_teams_answered",
            )
        ]

    def __str__(self) -> str:
        return f"{self.uuid} {self.status}"


class TeamChoice(models.Model):
    """One row per person whom the office puts into a project's team, or keeps out of it."""

    request = models.ForeignKey(TeamRequest, on_delete=models.CASCADE, related_name="choices")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    is_in = models.BooleanField()

    class Meta:
        ordering = ["project", "employee"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "project", "employee"], name="lms_skills_team_choice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.employee_id} {self.is_in}"


class TeamAdoption(models.Model):
    """One row per time that found teams were made the projects' teams; `undone_at` = taken back.

    `members` are the rows it made. They are gone once it was taken back.
    """

    request = models.ForeignKey(TeamRequest, on_delete=models.PROTECT, related_name="adoptions")
    members = models.ManyToManyField(ProjectMember, related_name="+")
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    adopted_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["adopted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(undone_at=None),
                name="lms_skills_teams_adopted_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.adopted_at}"
