"""What the office wants people to be able to do, and from which course it follows."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.bilingual import KEY_VALIDATOR, BilingualTitle, Keyed
from courses.models import Course
from lms.people.models import JobTier, Role
from skills_matrix.engine.ageing import DEFAULT_FLOOR

LEVEL_VALIDATORS = [MinValueValidator(0), MaxValueValidator(4)]


# By the names in `engine/levels.py`.
RULES = [("highest_valid", _("Highest valid evidence"))]


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
    """One row per version of a set of competencies, e.g. DSS 1.2 literacy part.

    In force on [effective_from, effective_until); an absent end is open.
    """

    version = models.CharField(_("version"), max_length=32)
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    effective_until = models.DateField(_("in force until (exclusive)"), null=True, blank=True)
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
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_from__isnull=True)
                | Q(effective_until__isnull=True)
                | Q(effective_until__gt=F("effective_from")),
                name="lms_skills_framework_ends_after_start",
            )
        ]


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


class CompetencyMapping(EffectiveDates):
    """One row per pair of competencies: what shows the earlier also shows the later.

    A rename is one row, a split several of one earlier, a merge several of one later.
    """

    earlier = models.ForeignKey(
        Competency,
        on_delete=models.CASCADE,
        related_name="mappings_to_later",
        verbose_name=_("earlier competency"),
    )
    later = models.ForeignKey(
        Competency,
        on_delete=models.CASCADE,
        related_name="mappings_from_earlier",
        verbose_name=_("later competency"),
    )
    most = models.PositiveSmallIntegerField(
        _("highest level shown"),
        null=True,
        blank=True,
        validators=LEVEL_VALIDATORS,
        help_text=_("Empty: the same level."),
    )

    class Meta(EffectiveDates.Meta):
        verbose_name = _("mapping of competencies")
        verbose_name_plural = _("mappings of competencies")
        ordering = ["earlier", "later"]
        constraints = [
            *EffectiveDates.Meta.constraints,
            models.UniqueConstraint(fields=["earlier", "later"], name="lms_skills_mapping_once"),
            models.CheckConstraint(
                condition=~Q(earlier=F("later")), name="lms_skills_mapping_to_another"
            ),
            models.CheckConstraint(
                condition=Q(most__isnull=True) | Q(most__range=(0, 4)),
                name="lms_skills_mapping_level_0_to_4",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id} → {self.later_id}"


class AgeingRule(EffectiveDates):
    """One row per competency and stretch of time: how its evidence ages. No row = it does not."""

    class Kind(models.TextChoices):
        VALIDITY = "validity", _("valid for so long")
        HALF_LIFE = "half_life", _("half as fresh after so long")

    competency = models.ForeignKey(
        Competency,
        on_delete=models.CASCADE,
        related_name="ageing_rules",
        verbose_name=_("competency"),
    )
    kind = models.CharField(
        pgettext_lazy("ageing of evidence", "kind"), max_length=16, choices=Kind.choices
    )
    days = models.PositiveIntegerField(
        _("days"), validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )

    class Meta(EffectiveDates.Meta):
        verbose_name = _("ageing rule")
        verbose_name_plural = _("ageing rules")
        ordering = ["competency", "effective_from"]
        constraints = [
            *EffectiveDates.Meta.constraints,
            models.UniqueConstraint(
                fields=["competency", "effective_from"], name="lms_skills_ageing_once"
            ),
            models.CheckConstraint(
                condition=Q(days__range=(1, 100_000)), name="lms_skills_ageing_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} {self.kind} {self.days}"


class LevelRule(EffectiveDates):
    """One row per stretch of time: how evidence became levels. Before the first, the settings say.

    `name` is one in `engine/levels.py`; at most one row begins on a day and the latest holds.
    """

    name = models.CharField(_("rule"), max_length=64, choices=RULES, default="highest_valid")
    minimum_assurance = models.PositiveSmallIntegerField(
        _("weakest assurance that counts"),
        choices=Assurance.choices,
        default=Assurance.BROWSER_QUIZ,
    )
    freshness_floor = models.FloatField(
        _("freshness below which nothing counts"),
        default=DEFAULT_FLOOR,
        help_text=_("Of evidence with a half-life: 0.25 = two half-lives."),
    )

    class Meta(EffectiveDates.Meta):
        verbose_name = _("rule for levels")
        verbose_name_plural = _("rules for levels")
        ordering = ["effective_from"]
        constraints = [
            *EffectiveDates.Meta.constraints,
            models.UniqueConstraint(fields=["effective_from"], name="lms_skills_level_rule_once"),
            models.CheckConstraint(
                condition=Q(freshness_floor__gt=0, freshness_floor__lt=1),
                name="lms_skills_level_rule_floor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.effective_from:%Y-%m-%d}"
