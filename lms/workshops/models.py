"""When a workshop is held, and who has a seat."""

from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Activity
from lms.people.models import Employee


class WorkshopSession(models.Model):
    """One row per time that a workshop is held: in a room, online, or both.

    Until `closes_at` people register and cancel by themselves. `online_url` empty = in person, or
    not known yet; only those with a seat are told it. `cancelled_at` set = it is not held.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        related_name="sessions",
        limit_choices_to={"kind": Activity.Kind.WORKSHOP},
        verbose_name=_("workshop"),
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    closes_at = models.DateTimeField(_("registration closes"))
    capacity = models.PositiveIntegerField(_("capacity"))
    is_online = models.BooleanField(_("held online"), default=False)
    place = models.CharField(_("place"), max_length=200, blank=True)
    online_url = models.URLField(
        _("online address"),
        max_length=500,
        blank=True,
        help_text=_("Shown only to those who have a seat."),
    )
    instructor = models.CharField(_("instructor"), max_length=100, blank=True)
    note = models.TextField(_("note to participants"), blank=True, max_length=2000)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, editable=False)
    cancelled_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("workshop session")
        verbose_name_plural = _("workshop sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="lms_core_session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__lte=F("starts_at")), name="lms_core_session_closes_before"
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="lms_core_session_has_room"),
            models.CheckConstraint(
                condition=Q(is_online=True) | ~Q(place=""), name="lms_core_session_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(is_online=True) | Q(online_url=""),
                name="lms_core_session_address_online_only",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_reason="")
                | Q(cancelled_at__isnull=False) & ~Q(cancelled_reason=""),
                name="lms_core_session_cancelled_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["activity", "starts_at"], name="lms_core_session_next"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Registration(models.Model):
    """One row per session and person who ever registered for it.

    The waiting list is in the order of `asked_at`. `corrections` counts how often an attendance
    was taken back: each is recorded under statements of its own.
    """

    class State(models.TextChoices):
        REGISTERED = "registered", pgettext_lazy("workshop seat", "registered")
        WAITING = "waiting", pgettext_lazy("workshop seat", "on the waiting list")
        CANCELLED = "cancelled", pgettext_lazy("workshop seat", "cancelled")

    class Attendance(models.TextChoices):
        UNKNOWN = "", pgettext_lazy("attendance", "not recorded")
        ATTENDED = "attended", pgettext_lazy("attendance", "attended")
        ABSENT = "absent", pgettext_lazy("attendance", "absent")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    session = models.ForeignKey(
        WorkshopSession, on_delete=models.PROTECT, related_name="registrations"
    )
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="workshop_registrations"
    )
    state = models.CharField(_("state"), max_length=16, choices=State.choices)
    asked_at = models.DateTimeField(_("registered at"))
    attendance = models.CharField(
        _("attendance"), max_length=16, choices=Attendance.choices, blank=True, default=""
    )
    attendance_at = models.DateTimeField(null=True)
    attendance_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    corrections = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["session", "asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "employee"], name="lms_core_registration_once"
            ),
            models.CheckConstraint(
                condition=Q(attendance="") | Q(state="registered"),
                name="lms_core_registration_seat_attends",
            ),
        ]
        indexes = [
            models.Index(
                fields=["employee", "session"],
                condition=~Q(state="cancelled"),
                name="lms_core_registration_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.employee_id} {self.state}"

    @property
    def occasion(self) -> UUID:
        """What the statements of attendance are derived from; see `lms.flows`."""
        return uuid5(self.uuid, str(self.corrections))
