"""What the site tells a person, and what of it also comes by e-mail."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.bilingual import in_language
from courses.models import Course
from lms.people.models import Employee


class Notice(models.Model):
    """One row per thing told to a person, whoever reads it and however often the job runs.

    `about` is whose course it is: the recipient's own, or for an escalation a member of their
    section. `occasion` is what makes it one of a kind: the due date that comes or has passed; for
    a nudge and for what is told of a workshop the office's day on which it was given; for a new
    duty the day from which it holds; for a certificate the day it certifies.

    What is of no course is of a `topic`, the key by which whoever tells it knows it, with its
    titles and the place in the site as they were told.

    `session` is the uuid of the workshop session it tells of, by no foreign key: sessions stand
    on notices. When and where (`starts_at`, `detail`) are as they were told, whatever came later.
    """

    class Kind(models.TextChoices):
        """What each says, where it leads and how it is mailed: `lms.notices.kinds`."""

        ASSIGNED = "assigned", pgettext_lazy("notice", "new mandatory course")
        DUE_SOON = "due_soon", pgettext_lazy("notice", "due soon")
        NUDGE = "nudge", pgettext_lazy("notice", "reminder by the section head")
        ESCALATION = "escalation", pgettext_lazy("notice", "overdue in my section")
        CERTIFICATE = "certificate", pgettext_lazy("notice", "certificate issued")
        MOVED_UP = "moved_up", pgettext_lazy("notice", "from the waiting list to a seat")
        SESSION_CHANGED = "session_changed", pgettext_lazy("notice", "workshop changed")
        SESSION_OFF = "session_off", pgettext_lazy("notice", "workshop cancelled")
        SESSION_SOON = "session_soon", pgettext_lazy("notice", "workshop tomorrow")
        ASSESSMENT_OPEN = "assessment_open", pgettext_lazy("notice", "skill assessment begun")
        ASSESSMENT_DUE = "assessment_due", pgettext_lazy("notice", "skill assessment ends soon")
        ASSESSMENT_HEAD = "assessment_head", pgettext_lazy("notice", "my section to be assessed")
        CORRECTION_ASKED = "correction_asked", pgettext_lazy("notice", "correction asked for")
        CORRECTION_DONE = "correction_done", pgettext_lazy("notice", "correction answered")
        PROJECT_DUE = "project_due", pgettext_lazy("notice", "project to be measured again")
        TEAM_ADOPTED = "team_adopted", pgettext_lazy("notice", "in the team of a project")
        MENTOR_PAIR = "mentor_pair", pgettext_lazy("notice", "mentoring proposed")
        MENTOR_ANSWER = "mentor_answer", pgettext_lazy("notice", "answer about a mentoring")
        MENTOR_SESSION = "mentor_session", pgettext_lazy("notice", "mentoring session to confirm")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Every question is of one recipient: the indexes below begin with it.
    recipient = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=16, choices=Kind.choices)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, null=True, related_name="+")
    topic = models.CharField(max_length=64, blank=True)
    topic_ja = models.CharField(max_length=200, blank=True)
    topic_en = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=200, blank=True)
    about = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    occasion = models.DateField()
    due_on = models.DateField(null=True)
    session = models.UUIDField(null=True)
    starts_at = models.DateTimeField(null=True)
    detail = models.CharField(
        max_length=500, blank=True, help_text=_("Where a session is, or why it is cancelled.")
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(
        null=True, help_text=_("When the mail server took it; absent: not yet, or not wanted.")
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "course", "about", "occasion"],
                condition=models.Q(session__isnull=True),
                name="lms_core_notice_once",
            ),
            models.UniqueConstraint(
                fields=["recipient", "kind", "topic", "about", "occasion"],
                condition=models.Q(course__isnull=True),
                name="lms_core_notice_topic_once",
            ),
            models.CheckConstraint(
                condition=models.Q(course__isnull=False, topic="")
                | (models.Q(course__isnull=True) & ~models.Q(topic="")),
                name="lms_core_notice_course_or_topic",
            ),
            # Of the others a second one on the same day is news.
            models.UniqueConstraint(
                fields=["recipient", "session", "starts_at"],
                condition=models.Q(kind="session_soon"),
                name="lms_core_notice_session_soon_once",
            ),
            models.CheckConstraint(
                condition=models.Q(session__isnull=True, starts_at__isnull=True)
                | models.Q(session__isnull=False, starts_at__isnull=False),
                name="lms_core_notice_session_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="lms_core_notice_newest"),
            models.Index(
                fields=["recipient"],
                condition=Q(emailed_at__isnull=True, read_at__isnull=True),
                name="lms_core_notice_unsent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.recipient_id} {self.course_id or self.topic}"

    @property
    def title(self) -> str:
        """Of what it is about, in the active language."""
        return self.course.title if self.course else in_language(self, "topic")


class NoticePreference(models.Model):
    """One row per person who chose. No row, or no language = the office's language."""

    employee = models.OneToOneField(
        Employee, on_delete=models.CASCADE, related_name="notice_preference"
    )
    language = models.CharField(max_length=8, blank=True, help_text=_("Language of the e-mail."))

    class Meta:
        verbose_name = _("notice preference")
        verbose_name_plural = _("notice preferences")

    def __str__(self) -> str:
        return f"{self.employee_id} {self.language}"


class MailChoice(models.Model):
    """One row per person and kind of notice of which they chose when it is mailed.

    No row = as `lms.notices.kinds` says. The site itself always shows every kind.
    """

    class When(models.TextChoices):
        AT_ONCE = "at_once", pgettext_lazy("e-mail", "at once")
        DAILY = "daily", pgettext_lazy("e-mail", "once a day")
        NEVER = "never", pgettext_lazy("e-mail", "not by e-mail")

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="mail_choices", db_index=False
    )
    kind = models.CharField(max_length=16, choices=Notice.Kind.choices)
    when = models.CharField(max_length=16, choices=When.choices)

    class Meta:
        verbose_name = _("choice of e-mail")
        verbose_name_plural = _("choices of e-mail")
        constraints = [
            models.UniqueConstraint(fields=["employee", "kind"], name="lms_core_mail_choice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.kind} {self.when}"
