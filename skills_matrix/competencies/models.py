"""What the office wants people to be able to do, and from which course it follows."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from courses.bilingual import KEY_VALIDATOR, BilingualTitle, Keyed
from courses.models import Course
from lms.people.models import JobTier, Role

LEVEL_VALIDATORS = [MinValueValidator(0), MaxValueValidator(4)]


class Assurance(models.IntegerChoices):
    """How much a piece of evidence can be trusted; higher is stronger."""

    SELF_DECLARED = 0, _("self-declared")
    BROWSER_QUIZ = 1, _("browser quiz")
    SUPERVISED_TEST = 2, _("supervised test")
    CERTIFICATE = 3, _("certificate")
    SUPERVISOR = 4, _("supervisor")
    PROJECT_OUTCOME = 5, _("project outcome")


class EffectiveDates(models.Model):
    """A rule in force on [effective_from, effective_until); absent end = still in force."""

    effective_from = models.DateField(_("in force from"))
    effective_until = models.DateField(_("in force until (exclusive)"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gt=F("effective_from")),
                name="%(app_label)s_%(class)s_ends_after_start",
            )
        ]


class Framework(Keyed, BilingualTitle):
    """One row per version of a set of competencies, e.g. DSS 1.2 literacy part."""

    version = models.CharField(_("version"), max_length=32)
    is_official = models.BooleanField(
        _("official"),
        default=False,
        help_text=_("Only when every label was checked against the issuer's own text."),
    )
    source_note_ja = models.TextField(_("sources (Japanese)"), blank=True)
    source_note_en = models.TextField(_("sources (English)"), blank=True)

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ["key"]


class Competency(BilingualTitle):
    """One row per competency of a framework version; groups are rows with children."""

    framework = models.ForeignKey(
        Framework,
        on_delete=models.PROTECT,
        related_name="competencies",
        verbose_name=_("framework"),
    )
    key = models.CharField(_("key"), max_length=64, unique=True, validators=[KEY_VALIDATOR])
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("competency group"),
    )
    is_group = models.BooleanField(
        _("group only"), default=False, help_text=_("Groups are headings; nobody holds them.")
    )
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")
        ordering = ["position", "key"]
        permissions = [("view_skills_matrix", _("Can see everybody's skills"))]


class LevelDescriptor(models.Model):
    """One row per level 0 to 4: of one competency, or (competency absent) of the whole scale."""

    competency = models.ForeignKey(
        Competency,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="descriptors",
        verbose_name=_("competency"),
    )
    level = models.PositiveSmallIntegerField(_("level"), validators=LEVEL_VALIDATORS)
    title_ja = models.CharField(_("title (Japanese)"), max_length=100)
    title_en = models.CharField(_("title (English)"), max_length=100, blank=True)
    text_ja = models.TextField(_("description (Japanese)"), blank=True)
    text_en = models.TextField(_("description (English)"), blank=True)

    class Meta:
        verbose_name = _("level descriptor")
        verbose_name_plural = _("level descriptors")
        ordering = ["competency", "level"]
        constraints = [
            models.UniqueConstraint(
                Coalesce("competency", 0),
                "level",
                name="lms_skills_descriptor_once",
            ),
            models.CheckConstraint(
                condition=Q(level__range=(0, 4)), name="lms_skills_descriptor_level_0_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.title_ja}"


class Target(EffectiveDates):
    """One row per level asked for. Tier and role narrow it; neither = asked of everybody.

    The target of a person is the highest that applies. No row = nothing is asked.
    """

    competency = models.ForeignKey(
        Competency, on_delete=models.CASCADE, related_name="targets", verbose_name=_("competency")
    )
    tier = models.ForeignKey(
        JobTier, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("job tier")
    )
    role = models.ForeignKey(
        Role, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("role")
    )
    level = models.PositiveSmallIntegerField(_("level"), validators=LEVEL_VALIDATORS)

    class Meta(EffectiveDates.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["competency", "id"]
        constraints = [
            *EffectiveDates.Meta.constraints,
            models.UniqueConstraint(
                "competency",
                Coalesce("tier", 0),
                Coalesce("role", 0),
                "effective_from",
                name="lms_skills_target_once",
            ),
            models.CheckConstraint(
                condition=Q(level__range=(1, 4)), name="lms_skills_target_level_1_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} ≥ {self.level}"


class Award(EffectiveDates):
    """One row per competency that finishing a course shows, at which level and for how long.

    It counts for every completion, earlier ones too, as long as the rule is in force.
    """

    course = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="awards", verbose_name=_("course")
    )
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="awards", verbose_name=_("competency")
    )
    level = models.PositiveSmallIntegerField(_("level"), validators=LEVEL_VALIDATORS)
    valid_for_days = models.PositiveIntegerField(
        _("valid for (days)"), null=True, blank=True, help_text=_("Empty: does not expire.")
    )
    assurance = models.PositiveSmallIntegerField(
        _("assurance"), choices=Assurance.choices, default=Assurance.BROWSER_QUIZ
    )

    class Meta(EffectiveDates.Meta):
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["course", "competency", "effective_from"]
        constraints = [
            *EffectiveDates.Meta.constraints,
            models.UniqueConstraint(
                fields=["course", "competency", "effective_from"], name="lms_skills_award_once"
            ),
            models.CheckConstraint(
                condition=Q(level__range=(1, 4)), name="lms_skills_award_level_1_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} → {self.competency_id} {self.level}"
