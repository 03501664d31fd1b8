"""Rules about what a course must have."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from courses.authoring.check.findings import Fault
from courses.authoring.check.material import CourseMaterial


def course_empty(course: CourseMaterial) -> Iterator[Fault]:
    if not course.lessons:
        yield Fault(
            course.spot, _("Learners would find nothing. Add a lesson below the course page.")
        )


def lesson_empty(course: CourseMaterial) -> Iterator[Fault]:
    for lesson in course.lessons:
        if lesson.is_empty and not lesson.gaps:
            yield Fault(
                lesson.spot,
                _("Every lesson must be read to finish the course. Fill it or delete it."),
            )


def block_empty(course: CourseMaterial) -> Iterator[Fault]:
    for lesson in course.lessons:
        for spot in lesson.gaps:
            yield Fault(
                spot,
                _("What it showed is gone, or nothing was chosen. Choose it or delete the block."),
            )


def activity_empty(course: CourseMaterial) -> Iterator[Fault]:
    for activity in course.activities:
        if not activity.has_content:
            yield Fault(
                activity.spot,
                _("It has no content yet, so it is not published. Write it or delete the block."),
            )


def activity_unfinished(course: CourseMaterial) -> Iterator[Fault]:
    for activity in course.activities:
        if activity.missing:
            yield Fault(
                activity.spot,
                _("Learners get it only when nothing is missing. %(places)s")
                % {"places": " / ".join(activity.missing)},
            )


def award_without_grading(course: CourseMaterial) -> Iterator[Fault]:
    learned = [lesson for lesson in course.lessons if not lesson.is_test_out]
    if course.promises and not any(
        activity.is_checked for lesson in learned for activity in lesson.activities
    ):
        yield Fault(
            course.spot,
            _(
                "Finishing gives: %(promises)s. But reading would be enough, because no activity "
                "has a pass mark. Give one a pass mark, or remove the award."
            )
            % {"promises": _("; ").join(course.promises)},
        )


def lesson_without_activity(course: CourseMaterial) -> Iterator[Fault]:
    for lesson in course.lessons:
        if not lesson.activities and not lesson.gaps and not lesson.is_empty:
            yield Fault(
                lesson.spot,
                _("People remember what they have used. Add a short question or an exercise."),
            )
