"""Pass marks of a course's activities, as drafts."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.authoring.drafts import as_drafted
from courses.authoring.policy import lock_on
from courses.catalogue.models import Activity, Course
from courses.exceptions import CourseLocked

MARK_CHANGED = "lms_courses.mark_changed"


@transaction.atomic
def set_pass_marks(*, course: Course, marks: Mapping[int, float | None], by: Any) -> list[Activity]:
    """Write the pass marks into the drafts of activities; learners have them with the course's
    next publication. Gives the drafts that changed.

    Args:
        marks: activity id -> fraction 0 to 1, or None = not graded. What is not named stays.

    Raises:
        CourseLocked: the course is under review or locked.
    """
    if lock_on(course, by):
        raise CourseLocked(
            _("The course is under review or locked: pass marks cannot be changed now.")
        )
    changed = []
    rows = Activity.objects.select_for_update().filter(course=course, pk__in=marks)
    for row in rows.order_by("position", "pk"):
        draft = as_drafted(row)
        if draft.pass_mark != marks[row.pk]:
            before, draft.pass_mark = draft.pass_mark, marks[row.pk]
            draft.full_clean()
            draft.save_revision(user=by)
            log(
                instance=row,
                action=MARK_CHANGED,
                user=by,
                data={"before": before, "after": draft.pass_mark},
            )
            changed.append(draft)
    return changed
