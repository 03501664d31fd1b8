"""DX projects the office could run, and the skills they need."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.bilingual import BilingualTitle, Keyed, in_language
from lms.people.models import Department, Employee, Role
from skills_matrix.assessments.models import Assessment
from skills_matrix.competencies.models import LEVEL_VALIDATORS, Competency
from skills_matrix.exceptions import PROJECT_REASONS

# The site's own pages and the API's lists beside the projects: `/projects/new`. In lower case,
# since the web client does not tell the cases apart.
RESERVED_KEYS = frozenset({"new", "catalogue", "similar"})
MOST_PEOPLE = 999
MOST_HOURS = 40


class Project(Keyed, BilingualTitle):
    """One row per DX project. Baseline figures carry the unit and the source's own period.

    `starts_on` and `ends_on` are the first and the last day; `hours_per_week` is what one member
    gives, `places` how many members it takes.
    """

    class Status(models.TextChoices):
        TEMPLATE = "template", _("template")
        PROPOSED = "proposed", pgettext_lazy("project", "proposed")
        ASSESSED = "assessed", pgettext_lazy("project", "assessed")
        APPROVED = "approved", pgettext_lazy("project", "approved")
        RUNNING = "running", _("running")
        MEASURED = "measured", pgettext_lazy("project", "measured")
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

    starts_on = models.DateField(pgettext_lazy("project", "first day"), null=True, blank=True)
    ends_on = models.DateField(pgettext_lazy("project", "last day"), null=True, blank=True)
    hours_per_week = models.PositiveSmallIntegerField(
        _("hours a week for each member"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)],
    )
    places = models.PositiveSmallIntegerField(
        _("places"), default=4, validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    proposed_by = models.ForeignKey(
        Employee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposed_projects",
        verbose_name=_("proposed by"),
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("department whose work it changes"),
    )

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["key"]
        permissions = [("run_projects", _("Can run the DX projects of the office"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="lms_skills_project_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__range=(1, MOST_HOURS)),
                name="lms_skills_project_hours_per_week",
            ),
            models.CheckConstraint(
                condition=Q(places__range=(1, MOST_PEOPLE)), name="lms_skills_project_places"
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.has_reserved_key:
            raise ValidationError({"key": str(PROJECT_REASONS["key_reserved"])})

    @property
    def has_reserved_key(self) -> bool:
        """Its page could not be reached."""
        return self.key.lower() in RESERVED_KEYS

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
    headcount = models.PositiveSmallIntegerField(
        _("people needed"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)],
    )
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
            models.CheckConstraint(
                condition=Q(headcount__range=(1, MOST_PEOPLE)), name="lms_skills_need_headcount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.competency_id} ≥ {self.level}"


class ProjectMember(models.Model):
    """One row per stretch of a person's work in a project; `left_on` absent = still in it.

    `hours_per_week` absent = what the project asks of each member. `confirmed_at` = the lead has
    said what the person did, and `evidence` are the judgements made then.
    """

    class Part(models.TextChoices):
        LEAD = "lead", pgettext_lazy("part in a project", "lead")
        MEMBER = "member", pgettext_lazy("part in a project", "member")
        LEARNER = "learner", pgettext_lazy("part in a project", "learner")
        MENTOR = "mentor", pgettext_lazy("part in a project", "mentor")

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="members", verbose_name=_("project")
    )
    employee = models.ForeignKey(
        Employee,
        on_delete=models.PROTECT,
        related_name="project_memberships",
        verbose_name=_("employee"),
    )
    part = models.CharField(
        pgettext_lazy("in a project", "part"),
        max_length=8,
        choices=Part.choices,
        default=Part.MEMBER,
    )
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    hours_per_week = models.PositiveSmallIntegerField(
        _("hours a week"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)],
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    evidence = models.ManyToManyField(Assessment, blank=True, related_name="project_members")

    class Meta:
        verbose_name = _("member of a project")
        verbose_name_plural = _("members of projects")
        ordering = ["project", "joined_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "employee"],
                condition=Q(left_on=None),
                name="lms_skills_member_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(left_on=None, part="lead"),
                name="lms_skills_one_lead_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="lms_skills_member_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.employee_id} {self.part}"


class ProjectStep(models.Model):
    """One row per step a project took, written once. `step` is a key of `projects/steps.py`.

    `undone` is the step that this one takes back, which a step can be once.
    """

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="steps", verbose_name=_("project")
    )
    step = models.CharField(max_length=16)
    source = models.CharField(max_length=16, choices=Project.Status.choices)
    target = models.CharField(max_length=16, choices=Project.Status.choices)
    reason = models.TextField(_("reason"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    made_at = models.DateTimeField()
    undone = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="undoing"
    )

    class Meta:
        verbose_name = _("step of a project")
        verbose_name_plural = _("steps of projects")
        ordering = ["project", "made_at", "id"]

    def __str__(self) -> str:
        return f"{self.project_id} {self.source} → {self.target}"
