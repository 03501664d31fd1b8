"""Who would teach, who wants to learn, the pairs that came of it, and their sessions."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.people.models import Employee
from skills_matrix.competencies.models import Competency

MOST_LEARNERS = 5
MOST_MINUTES = 480
MOST_HOURS = 40
USUAL_HOURS = 4


class MentorOffer(models.Model):
    """One row per person who would be a mentor, of at most so many learners at a time.

    No skills = of whatever they hold.
    """

    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, related_name="mentor_offer")
    learners = models.PositiveSmallIntegerField(
        _("learners at a time"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_LEARNERS)],
    )
    hours_per_month = models.PositiveSmallIntegerField(
        _("hours a month for mentoring"),
        default=USUAL_HOURS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)],
    )
    skills = models.ManyToManyField(
        Competency, blank=True, related_name="+", verbose_name=_("skills offered")
    )
    offered_at = models.DateTimeField()

    class Meta:
        ordering = ["employee"]
        constraints = [
            models.CheckConstraint(
                condition=Q(learners__range=(1, MOST_LEARNERS)), name="lms_skills_offer_learners"
            ),
            models.CheckConstraint(
                condition=Q(hours_per_month__range=(1, MOST_HOURS)), name="lms_skills_offer_hours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.learners}"


class LearningWish(models.Model):
    """One row per skill that a person wants to learn from somebody, up to a level."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="learning_wishes")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(
        _("level"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )

    class Meta:
        ordering = ["employee", "competency"]
        constraints = [
            models.UniqueConstraint(fields=["employee", "competency"], name="lms_skills_wish_once"),
            models.CheckConstraint(
                condition=Q(level__range=(1, 4)), name="lms_skills_wish_level_1_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.competency_id} {self.level}"


class MentorPair(models.Model):
    """One row per pair proposed. Both sides say yes or no; until it has ended either may change
    that, but not once a session was held.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("mentoring", "proposed")
        AGREED = "agreed", pgettext_lazy("mentoring", "agreed")
        DECLINED = "declined", pgettext_lazy("mentoring", "declined")
        ENDED = "ended", pgettext_lazy("mentoring", "ended")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="pairs_as_learner")
    mentor = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="pairs_as_mentor")
    points = models.PositiveIntegerField(help_text=_("How well they suit, as the engine says."))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    learner_agrees = models.BooleanField(null=True, help_text=_("Absent = has not said."))
    mentor_agrees = models.BooleanField(null=True, help_text=_("Absent = has not said."))
    decline_reason = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Employee, on_delete=models.SET_NULL, null=True, related_name="+")
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("mentor pair")
        verbose_name_plural = _("mentor pairs")
        ordering = ["-proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "mentor"],
                condition=Q(ended_at=None),
                name="lms_skills_pair_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(learner=F("mentor")), name="lms_skills_pair_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} ← {self.mentor_id} {self.state}"

    @property
    def state(self) -> State:
        if self.ended_at is not None:
            return self.State.ENDED
        said = (self.learner_agrees, self.mentor_agrees)
        if False in said:
            return self.State.DECLINED
        return self.State.PROPOSED if None in said else self.State.AGREED


class PairSkill(models.Model):
    """One row per skill a pair is about: the level that the learner wants and the mentor has."""

    pair = models.ForeignKey(MentorPair, on_delete=models.CASCADE, related_name="skills")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(
        _("level"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )

    class Meta:
        ordering = ["pair", "competency"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "competency"], name="lms_skills_pair_skill_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} {self.competency_id} {self.level}"


class MentorSession(models.Model):
    """One row per session that one side wrote down. It counts once the other side confirms it.

    `level` = what the learner showed in it; at most what the pair is about.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pair = models.ForeignKey(MentorPair, on_delete=models.PROTECT, related_name="sessions")
    skill = models.ForeignKey(PairSkill, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(_("held on"))
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]
    )
    text = models.TextField(_("what was done"), max_length=1000)
    level = models.PositiveSmallIntegerField(
        _("level shown"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    logged_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mentoring session")
        verbose_name_plural = _("mentoring sessions")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__range=(1, MOST_MINUTES)), name="lms_skills_session_minutes"
            ),
            models.CheckConstraint(
                condition=Q(level__range=(1, 4)), name="lms_skills_session_level_1_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} {self.held_on} {self.minutes}"
