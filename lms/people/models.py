"""Who works where, as what, since when. HR's CSV is the source; a user account is optional."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.bilingual import BilingualTitle, Keyed


class Department(Keyed, BilingualTitle):
    """One row per unit of the office; 部 have no parent, 課 have a 部 as parent."""

    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent department"),
    )
    measures = models.JSONField(
        _("measures"),
        default=list,
        blank=True,
        help_text=_("Keys of the DX measures that the department is in charge of."),
    )

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["key"]


class JobTier(Keyed, BilingualTitle):
    """職層. A higher rank stands higher in the office."""

    rank = models.PositiveSmallIntegerField(_("rank"), unique=True)

    class Meta:
        verbose_name = _("job tier")
        verbose_name_plural = _("job tiers")
        ordering = ["rank"]


class Role(Keyed, BilingualTitle):
    """役割: what somebody does in DX besides the tier, e.g. DX leader of a section."""

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["key"]


class EmploymentType(Keyed, BilingualTitle):
    """任用形態: on what terms somebody is employed, e.g. 常勤, 会計年度任用."""

    class Meta:
        verbose_name = _("employment type")
        verbose_name_plural = _("employment types")
        ordering = ["key"]


class Employee(models.Model):
    """One row per person the office employs or employed. No user = has never signed in."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    staff_number = models.CharField(_("staff number"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=100)
    kana = models.CharField(_("name in kana"), max_length=100)
    email = models.EmailField(_("e-mail"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="employee",
        verbose_name=_("user"),
    )

    class Meta:
        verbose_name = _("employee")
        verbose_name_plural = _("employees")
        ordering = ["kana", "staff_number"]
        permissions = [("view_all_employees", _("Can see every employee"))]

    def __str__(self) -> str:
        return f"{self.name} ({self.staff_number})"


class Posting(models.Model):
    """One row per person and stretch of time in a department at a tier: [starts_on, ends_on).

    `ends_on` is the first day the posting no longer holds; absent = open. A person has at most
    one main posting on any day; concurrent ones (兼務) have `is_main` false. `employment` absent =
    HR has not said.
    """

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="postings", verbose_name=_("employee")
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="postings", verbose_name=_("department")
    )
    tier = models.ForeignKey(
        JobTier, on_delete=models.PROTECT, related_name="postings", verbose_name=_("job tier")
    )
    employment = models.ForeignKey(
        EmploymentType,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="postings",
        verbose_name=_("employment type"),
    )
    roles = models.ManyToManyField(
        Role, blank=True, related_name="postings", verbose_name=_("roles")
    )
    is_main = models.BooleanField(_("main posting"), default=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["employee", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="lms_core_posting_ends_after_start",
            ),
            # A full no-overlap constraint exists on PostgreSQL only; the service checks overlaps
            # under a row lock, and these two stop the common accidents on every database.
            models.UniqueConstraint(
                fields=["employee"],
                condition=Q(is_main=True, ends_on__isnull=True),
                name="lms_core_one_open_main_posting",
            ),
            models.UniqueConstraint(
                fields=["employee", "starts_on"],
                condition=Q(is_main=True),
                name="lms_core_one_main_posting_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.starts_on:%Y-%m-%d}"
