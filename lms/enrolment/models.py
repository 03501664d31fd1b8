"""Which courses are whose, and by when."""

import uuid
from dataclasses import fields

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5, Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Course, LearningPath
from lms.enrolment.rules import schedule
from lms.enrolment.rules.condition import everybody
from lms.people.models import Employee, Posting


def duty_constraints(prefix: str) -> list[models.BaseConstraint]:
    """What the columns of a rule must be like; each table names its own."""
    return [
        models.CheckConstraint(
            condition=Q(is_mandatory=True) | Q(due="never", repeats="once"),
            name=f"{prefix}_due_only_if_mandatory",
        ),
        models.CheckConstraint(
            condition=Q(due="days", due_days__isnull=False)
            | Q(~Q(due="days"), due_days__isnull=True),
            name=f"{prefix}_due_days",
        ),
        models.CheckConstraint(
            condition=Q(due="date", due_on__isnull=False) | Q(~Q(due="date"), due_on__isnull=True),
            name=f"{prefix}_due_date",
        ),
        models.CheckConstraint(
            condition=Q(repeats="months", repeat_months__gte=1)
            | Q(~Q(repeats="months"), repeat_months__isnull=True),
            name=f"{prefix}_repeat_months",
        ),
        # A date that has passed would make every later period overdue as it begins.
        models.CheckConstraint(
            condition=~Q(due="date") | Q(repeats="once"), name=f"{prefix}_date_once"
        ),
    ]


class Rule(models.Model):
    """Whom something is meant for, and what is asked of them.

    `condition` says who, in the language of `lms.enrolment.rules.condition`, in the shortest form
    `stored_form` gives. What follows `is_mandatory` is the duty of a mandatory row; see
    `lms.enrolment.rules.schedule.Schedule`.
    """

    class Due(models.TextChoices):
        NEVER = schedule.NEVER, _("no due date")
        DAYS = schedule.DAYS, _("days after it became theirs")
        DAY = schedule.DAY, _("on a date")
        YEAR_END = schedule.YEAR_END, _("at the end of the fiscal year")

    class Repeats(models.TextChoices):
        ONCE = schedule.ONCE, _("taken once")
        YEARLY = schedule.YEARLY, _("every fiscal year")
        MONTHS = schedule.EVERY_MONTHS, _("every so many months")

    condition = models.JSONField(_("condition"), default=everybody)
    is_mandatory = models.BooleanField(_("mandatory"), default=False)
    due = models.CharField(_("due"), max_length=16, choices=Due.choices, default=Due.NEVER)
    due_days = models.PositiveSmallIntegerField(_("days until due"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    repeats = models.CharField(
        _("repeats"), max_length=16, choices=Repeats.choices, default=Repeats.ONCE
    )
    repeat_months = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)
    credit_months = models.PositiveSmallIntegerField(
        _("months that earlier learning counts"), null=True, blank=True
    )

    class Meta:
        abstract = True

    @property
    def schedule(self) -> schedule.Schedule:
        return schedule.Schedule(
            **{field.name: getattr(self, field.name) for field in fields(schedule.Schedule)}
        )


class PathRule(Rule):
    """One row per group a path is meant for, with one order for all its courses.

    Nothing reads it but what copies it: each course that is a step has an `AudienceRule` of it.
    """

    path = models.ForeignKey(
        LearningPath, on_delete=models.CASCADE, related_name="audience", verbose_name=_("path")
    )

    class Meta:
        verbose_name = _("audience rule of a path")
        verbose_name_plural = _("audience rules of paths")
        ordering = ["path", "id"]
        constraints = [
            models.UniqueConstraint(
                "path",
                MD5(Cast("condition", models.TextField())),
                name="lms_core_path_rule_once",
            ),
            *duty_constraints("lms_core_path_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.path_id} {self.condition}"


class AudienceRule(Rule):
    """One row per group a course is meant for. Rows of a course are joined by "or".

    A course without any row is meant for nobody. A row with `of_path` follows that rule of a
    path, by `lms.enrolment.paths.services`, and is not changed by itself.
    """

    course = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="audience", verbose_name=_("course")
    )
    of_path = models.ForeignKey(
        PathRule,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("audience rule of a path"),
    )
    equal_courses = models.ManyToManyField(
        Course, blank=True, related_name="+", verbose_name=_("courses that count as this one")
    )

    class Meta:
        verbose_name = _("audience rule")
        verbose_name_plural = _("audience rules")
        ordering = ["course", "id"]
        constraints = [
            # By a digest: a condition may be longer than a database indexes.
            models.UniqueConstraint(
                "course",
                MD5(Cast("condition", models.TextField())),
                condition=Q(of_path__isnull=True),
                name="lms_core_audience_rule_once",
            ),
            models.UniqueConstraint(
                fields=["of_path", "course"], name="lms_core_audience_copy_once"
            ),
            *duty_constraints("lms_core_audience"),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.condition}"


class Assignment(models.Model):
    """One row per person, mandatory rule and period in which the rule asks for its course.

    `period` is 0 for a duty of once, the fiscal year for a yearly one, the count from 0 for one of
    so many months. Why this person: `condition` as it was then, fulfilled by `posting`.

    A person who leaves the audience, or is exempt, has the row ended; coming back runs it anew.
    The state of a row is derived: `lms.enrolment.rules.selectors.with_state`.
    """

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="assignments", verbose_name=_("employee")
    )
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("course")
    )
    rule = models.ForeignKey(
        AudienceRule,
        on_delete=models.SET_NULL,
        null=True,
        related_name="assignments",
        verbose_name=_("audience rule"),
    )
    posting = models.ForeignKey(Posting, on_delete=models.SET_NULL, null=True, related_name="+")
    condition = models.JSONField()
    period = models.PositiveIntegerField()
    entered_on = models.DateField(help_text="The day on which this period first was theirs.")
    starts_on = models.DateField(help_text="What the due date counts from.")
    due_on = models.DateField(_("due on"), null=True)
    extended_to = models.DateField(_("extended to"), null=True)
    counts_from = models.DateTimeField(
        null=True, help_text="An earlier completion does not count; absent: any does."
    )
    completed_at = models.DateTimeField(null=True)
    ended_on = models.DateField(
        null=True, help_text="First day it no longer holds: left, exempt, or a new period."
    )

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["employee", "course", "entered_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "employee", "period"], name="lms_core_assignment_once"
            ),
            models.CheckConstraint(
                condition=Q(extended_to__isnull=True) | Q(due_on__isnull=False),
                name="lms_core_assignment_extends_a_due_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["employee", "course"],
                condition=Q(ended_on__isnull=True),
                name="lms_core_assignment_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.course_id} {self.period}"


class DueExtension(models.Model):
    """One row per order of HR that gives people until a later day.

    What holds is `Assignment.extended_to`; this says who gave it and why, and can be taken back.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    until = models.DateField(_("extended to"))
    reason = models.CharField(_("reason for the extension"), max_length=200)
    assignments = models.ManyToManyField(
        Assignment, related_name="extensions", verbose_name=_("assignments")
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    given_at = models.DateTimeField(_("given at"))
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(_("taken back at"), null=True)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="lms_core_extension_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d} {self.reason}"


class Exemption(models.Model):
    """One row per person and stretch of time without duties: [starts_on, ends_on).

    `course` absent = no mandatory course is asked of the person.
    """

    class Kind(models.TextChoices):
        LEAVE = "leave", _("leave of absence")
        SECONDMENT = "secondment", _("secondment")
        OTHER = "other", pgettext_lazy("exemption", "other reason")

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="exemptions", verbose_name=_("employee")
    )
    course = models.ForeignKey(
        Course,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("course"),
    )
    kind = models.CharField(pgettext_lazy("exemption", "kind"), max_length=16, choices=Kind.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (exclusive)"))

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ["employee", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="lms_core_exemption_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.kind} {self.starts_on:%Y-%m-%d}"


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
    # Counts what was written of the person's learning in the course: who has read where the
    # person stands sees by it whether it is still so (`standing`).
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["employee", "course"]
        constraints = [
            models.UniqueConstraint(fields=["employee", "course"], name="lms_core_enrolment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.course_id}"
