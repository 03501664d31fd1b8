"""Issuing certificates with the completion, and taking them back."""

import secrets
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from courses.catalogue.models import Course, CourseVersion
from lms.certificates.models import Certificate
from lms.certificates.rules import moment_to_certify, months_later
from lms.certificates.selectors import ALPHABET, LENGTH, written_code
from lms.conf import conf
from lms.exceptions import RevocationRefused
from lms.notices.services import tell_of_certificates
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.progress.models import CourseProgress

CHUNK = 1000


@transaction.atomic
def issue_certificates(
    *, employee: Employee | None = None, course_ids: Iterable[int] | None = None
) -> int:
    """Certify every completion and renewal that has no certificate; returns how many were due.

    Twice issues nothing new.

    Args:
        employee: None = everybody's.
        course_ids: None = in every course.
    """
    rows = CourseProgress.objects.filter(completed_at__isnull=False)
    if employee is not None:
        rows = rows.filter(employee=employee)
    if course_ids is not None:
        rows = rows.filter(course_id__in=(course_ids := list(course_ids)))
    if employee is not None and course_ids is not None:
        _restore(employee, course_ids)
    held = Certificate.objects.filter(
        employee_id=OuterRef("employee_id"), course_id=OuterRef("course_id")
    ).order_by("-certified_at")
    rows = rows.annotate(certified_at=Subquery(held.values("certified_at")[:1]))
    due = [
        (row, moment)
        for row in rows.select_related("employee", "course").order_by("pk").iterator(CHUNK)
        if (moment := moment_to_certify(row.completed_at, row.renewed_at, row.certified_at))
    ]
    if not due:
        return 0
    versions = _versions({row.course_id for row, _moment in due})
    now = timezone.now()
    Certificate.objects.bulk_create(
        [
            Certificate(
                code=written_code(secrets.choice(ALPHABET) for _n in range(LENGTH)),
                employee=row.employee,
                course=row.course,
                title_ja=row.course.title_ja,
                title_en=row.course.title_en,
                holder_name=row.employee.name,
                office_name=conf.OFFICE_NAME,
                version=versions.get(row.course_id),
                certified_at=moment,
                issued_at=now,
                valid_until=(
                    months_later(office_today(moment), conf.CERTIFICATE_MONTHS)
                    if conf.CERTIFICATE_MONTHS
                    else None
                ),
            )
            for row, moment in due
        ],
        batch_size=CHUNK,
        # Two jobs at once find the same due: the second has nothing to add.
        ignore_conflicts=True,
    )
    tell_of_certificates(
        certified=[(row.employee_id, row.course_id, office_today(moment)) for row, moment in due]
    )
    return len(due)


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, reason: str) -> None:
    """The certificate no longer holds; the first revocation keeps its date and reason.

    Raises:
        RevocationRefused: no reason is given.
    """
    if not reason.strip():
        raise RevocationRefused(_("Say why the certificate is revoked."), place="reason")
    Certificate.objects.filter(pk=certificate.pk, revoked_at__isnull=True).update(
        revoked_at=timezone.now(), revoked_reason=reason.strip()
    )


@transaction.atomic
def withdraw_certificates(*, employee: Employee, course: Course) -> None:
    """Take back what certifies a completion that is no longer there, e.g. after a correction."""
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("The record of attendance was corrected.")
    _unfounded(employee, course).filter(revoked_at__isnull=True).update(
        revoked_at=timezone.now(), revoked_reason=reason, is_withdrawn=True
    )


def _restore(employee: Employee, course_ids: Iterable[int]) -> None:
    """A certificate that was withdrawn holds again once what it certifies is there again."""
    withdrawn = Certificate.objects.filter(
        employee=employee, course__in=course_ids, is_withdrawn=True
    )
    for row in withdrawn.select_related("course"):
        if not _unfounded(employee, row.course).filter(pk=row.pk).exists():
            row.revoked_at, row.revoked_reason, row.is_withdrawn = None, "", False
            row.save(update_fields=["revoked_at", "revoked_reason", "is_withdrawn"])


def _unfounded(employee: Employee, course: Course) -> QuerySet[Certificate]:
    """Certificates of a later moment than the last completion or renewal."""
    rows = Certificate.objects.filter(employee=employee, course=course)
    last = CourseProgress.objects.filter(
        employee=employee, course=course, completed_at__isnull=False
    ).first()
    if last is None or last.completed_at is None:
        return rows
    return rows.filter(
        certified_at__gt=max(last.completed_at, last.renewed_at or last.completed_at)
    )


def _versions(course_ids: Iterable[int]) -> dict[int, int]:
    """Course id -> number of its latest published version, of the Japanese original if any."""
    rows = CourseVersion.objects.filter(course_id__in=list(course_ids)).order_by("number")
    numbers = rows.values_list("course_id", "language", "number")
    latest = {course_id: number for course_id, _language, number in numbers}
    return latest | {
        course_id: number for course_id, language, number in numbers if language == "ja"
    }
