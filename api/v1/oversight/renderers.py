"""The list of duties as a file: one row a person and course."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from rest_framework.renderers import BaseRenderer

from api.v1.skills.files.plain import harmless
from lms.oversight.duties import Duty
from lms.oversight.texts import reason_text
from lms.people.calendar import office_today


class DutyCsvRenderer(BaseRenderer):
    """UTF-8 with a byte-order mark, which Excel needs to read Japanese."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def file(self, duties: Iterable[Duty]) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(
            [
                _("Staff number"),
                _("Full name"),
                _("Kana"),
                _("Department"),
                pgettext("column", "Course"),
                pgettext("column", "Due on"),
                pgettext("column", "State"),
                pgettext("column", "Done"),
                pgettext("column", "Required"),
                pgettext("column", "Finished on"),
                pgettext("column", "Why it is late"),
            ]
        )
        for duty in duties:
            writer.writerow([harmless(value) for value in _values(duty)])
        return text.getvalue().encode("utf-8-sig")


def _values(duty: Duty) -> list[str | int | None]:
    return [
        duty.employee.staff_number,
        duty.employee.name,
        duty.employee.kana,
        duty.department.title,
        duty.course.title,
        duty.due_on.isoformat() if duty.due_on else None,
        _state(duty),
        duty.done,
        duty.total,
        office_today(duty.completed_at).isoformat() if duty.completed_at else None,
        reason_text(duty),
    ]


def _state(duty: Duty) -> str:
    if duty.completed_at:
        return pgettext("duty", "finished")
    if duty.is_overdue:
        return pgettext("duty", "overdue")
    return pgettext("duty", "begun") if duty.started_at else pgettext("duty", "not begun")
