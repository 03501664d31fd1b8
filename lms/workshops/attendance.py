"""The attendance sheet: who was there, as the office noted it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from lms.flows import record_attendance, void_attendance
from lms.workshops.models import Registration, WorkshopSession
from lms.workshops.refusals import refused

ATTENDED = Registration.Attendance.ATTENDED
ATTENDANCE_RECORDED = "lms_core.attendance_recorded"


@transaction.atomic
def record_sheet(*, session: WorkshopSession, marks: Mapping[int, str], by: Any) -> int:
    """Note who was there and who was not; gives how many marks changed.

    Attending is recorded like everything that is learned, so progress, certificate and evidence
    follow. A mark that takes an attendance back takes them back too. Who is not in `marks` stays.

    Args:
        marks: registration id -> a value of `Registration.Attendance`.

    Raises:
        WorkshopRefused: `too_early`; `cancelled`; `not_a_seat` a mark is not for this session.
    """
    held = (
        WorkshopSession.objects.select_for_update(of=("self",))
        .select_related("activity__course", "activity__lesson")
        .get(pk=session.pk)
    )
    if held.cancelled_at is not None:
        raise refused("cancelled")
    now = timezone.now()
    if now < held.starts_at:
        raise refused("too_early")
    rows = {
        row.pk: row
        for row in held.registrations.filter(state=Registration.State.REGISTERED).select_related(
            "employee"
        )
    }
    if not marks.keys() <= rows.keys():
        raise refused("not_a_seat")
    changes = []
    for pk, mark in sorted(marks.items()):
        row, before = rows[pk], rows[pk].attendance
        if mark == before:
            continue
        row.attendance, row.attendance_at, row.attendance_by = mark, now, by
        if mark == ATTENDED:
            record_attendance(
                employee=row.employee,
                workshop=held.activity,
                occasion=row.occasion,
                at=held.ends_at,
                took=held.ends_at - held.starts_at,
            )
        elif before == ATTENDED:
            void_attendance(employee=row.employee, workshop=held.activity, occasion=row.occasion)
            row.corrections += 1
        row.save(update_fields=["attendance", "attendance_at", "attendance_by", "corrections"])
        changes.append({"staff_number": row.employee.staff_number, "from": before, "to": mark})
    if changes:
        log(
            instance=held.activity.course,
            action=ATTENDANCE_RECORDED,
            user=by,
            data={
                "session": str(held.uuid),
                "starts_at": held.starts_at.isoformat(),
                "changes": changes,
            },
        )
    return len(changes)
