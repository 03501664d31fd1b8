"""The order in which a course's modules and lessons follow one another.

Wagtail lets only those who may publish reorder pages. Here whoever writes a course does, as long
as no learner has it: pages have one order, not one of their drafts, so a change is there at once.
"""

from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import log

from courses.authoring.lessons.selectors import siblings
from courses.authoring.policy import lock_on, may
from courses.authoring.publishing import settle_course
from courses.catalogue.models import Course
from courses.catalogue.selectors import course_pages
from courses.exceptions import CourseLocked

REORDERED = "lms_courses.reordered"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


# Side of its neighbour that a page moves to, and how far away the neighbour is.
MOVES = {Direction.UP: ("left", -1), Direction.DOWN: ("right", 1)}


def may_reorder(user: Any, course: Course) -> bool:
    """Whether the user may change the order now, locks aside."""
    is_live = any(page.live for page in course_pages(course))
    return may(user, "edit", course) and (not is_live or may(user, "publish", course))


@transaction.atomic
def move_page(*, course: Course, page: Any, direction: Direction, by: Any) -> bool:
    """Move a module or lesson by one place among those beside it, in every language.

    Gives whether it moved: the first does not go up, nor the last down.

    Args:
        page: a page below the course's page of its own language.

    Raises:
        CourseLocked: the course is under review or locked, or learners have it and `by` may not
            publish it.
    """
    Course.objects.select_for_update().get(pk=course.pk)
    if lock_on(course, by):
        raise CourseLocked(
            _("The course is under review or locked: the order cannot be changed now.")
        )
    if not may_reorder(by, course):
        raise CourseLocked(
            _("Learners have the course: only somebody who may publish it changes the order.")
        )
    page = type(page).objects.get(pk=page.pk)  # it may have moved before the lock was ours
    side, step = MOVES[direction]
    beside = siblings(page)
    place = [row.pk for row in beside].index(page.pk) + step
    if not 0 <= place < len(beside):
        return False
    neighbour = beside[place]
    for translation in page.get_translations(inclusive=True):
        other = neighbour.get_translation_or_none(translation.locale)
        if other is not None and other.get_parent() == translation.get_parent():
            move = MovePageAction(translation, other, pos=side, user=by)
            move.execute(skip_permission_checks=True)  # decided above, by the course
    log(
        instance=course_pages(course)[0],
        action=REORDERED,
        user=by,
        data={"title": page.title, "place": place + 1},
    )
    settle_course(course=course)
    return True
