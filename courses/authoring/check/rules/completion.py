"""Rules about when lessons are done, and what a test-out grants."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.authoring.check.findings import Fault
from courses.authoring.check.material import CourseMaterial, LessonMaterial


def _fault(lesson: LessonMaterial, detail: str) -> Fault:
    return Fault(lesson.rule_spot or lesson.spot, detail)


def _tests(course: CourseMaterial) -> list[LessonMaterial]:
    return [lesson for lesson in course.lessons if lesson.is_test_out]


def rule_never_met(course: CourseMaterial) -> Iterator[Fault]:
    for lesson in course.lessons:
        if lesson.completion == "graded_passed" and not lesson.graded:
            yield _fault(
                lesson,
                _(
                    "It is done when every graded activity in it is passed, and there is none: "
                    "nobody can finish the course. Give one a pass mark, or choose another rule."
                ),
            )


def minimum_too_long(course: CourseMaterial) -> Iterator[Fault]:
    for lesson in course.lessons:
        if lesson.completion != "minimum_time" or course.minutes is None:
            continue
        if (lesson.minutes or 0) > course.minutes:
            yield _fault(
                lesson,
                ngettext(
                    "It must be read for %(minutes)d minute at least, but the whole course is "
                    "planned for %(planned)d.",
                    "It must be read for %(minutes)d minutes at least, but the whole course is "
                    "planned for %(planned)d.",
                    lesson.minutes or 0,
                )
                % {"minutes": lesson.minutes, "planned": course.minutes},
            )


def test_out_twice(course: CourseMaterial) -> Iterator[Fault]:
    for lesson in _tests(course)[1:]:
        yield _fault(lesson, _("A course has one test-out. Choose another rule for this lesson."))


def test_out_grants_nothing(course: CourseMaterial) -> Iterator[Fault]:
    for lesson in _tests(course):
        if not lesson.graded:
            yield _fault(
                lesson,
                _("None of its activities is graded, so it grants nothing. Give them pass marks."),
            )
        for activity in lesson.graded:
            if not activity.covers:
                yield Fault(
                    lesson.rule_spot or activity.spot,
                    _("“%(title)s” grants nothing. Choose the lessons that it is about.")
                    % {"title": activity.title_ja},
                )


def test_out_not_gradable(course: CourseMaterial) -> Iterator[Fault]:
    for lesson in _tests(course):
        for activity in lesson.graded:
            if activity.has_content and not activity.is_graded_by_server:
                yield Fault(
                    activity.spot,
                    _(
                        "The server cannot grade this type itself, so passing it grants nothing. "
                        "Use true/false, multiple choice or another type that it grades."
                    ),
                )


def test_out_of_unasked(course: CourseMaterial) -> Iterator[Fault]:
    """What is granted elsewhere by one question would otherwise only have to be read."""
    covered = {key for lesson in _tests(course) for item in lesson.graded for key in item.covers}
    for lesson in course.lessons:
        if lesson.key in covered and not lesson.is_test_out and not lesson.graded:
            yield Fault(
                lesson.spot,
                _(
                    "The test-out grants it, but it has no graded question of its own: whoever "
                    "takes the lesson shows less than whoever takes the test."
                ),
            )
