"""Saying what a course stands on, and making paths."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail import hooks
from wagtail.log_actions import log

from courses.catalogue.models import Course
from courses.exceptions import PathRefused, PrerequisiteCycle
from courses.paths.graph import cycle_in
from courses.paths.models import CoursePrerequisite, LearningPath, PathStep
from courses.paths.selectors import prerequisite_edges

PREREQUISITES_SET = "lms_courses.prerequisites_set"
PATH_SAVED = "lms_courses.path_saved"
PATH_DELETED = "lms_courses.path_deleted"
# A Wagtail hook, called with `path` and `by` in the transaction that changed the path's steps, or
# whether it is shown; raises `PathRefused` to refuse it. What follows is settled there.
AFTER_PATH_CHANGE = "lms_courses_after_path_change"


@dataclass(frozen=True)
class NewStep:
    """One row per step wanted, in order; `course` is a key."""

    course: str
    is_optional: bool = False


def check_prerequisites(*, course: Course, requires: Iterable[str]) -> None:
    """
    Raises:
        PrerequisiteCycle: with these keys courses would wait for one another.
    """
    wanted = Course.objects.filter(key__in=list(requires)).order_by("pk")
    others = [edge for edge in prerequisite_edges() if edge[1] != course.pk]
    cycle = cycle_in([*((row.pk, course.pk) for row in wanted), *others])
    if cycle:
        courses = Course.objects.in_bulk(cycle)
        raise PrerequisiteCycle(
            _("These courses would wait for one another: %(names)s.")
            % {"names": " → ".join(_quoted(courses[pk]) for pk in (*cycle, cycle[0]))},
            params={"courses": [courses[pk].key for pk in cycle]},
        )


def _quoted(course: Course) -> str:
    return pgettext("course", "“%(title)s”") % {"title": course.title}


@transaction.atomic
def set_prerequisites(*, course: Course, requires: Iterable[str], by: Any = None) -> None:
    """Make these the courses to be finished before the course. Who has begun it goes on.

    Args:
        requires: keys of courses; what is no course is left out.
        by: the account that answers for it; None = the starter content.

    Raises:
        PrerequisiteCycle: courses would wait for one another; nothing was changed.
    """
    wanted = Course.objects.filter(key__in=list(requires))
    # Two changes that are fine each for itself may close a cycle together: one at a time.
    list(Course.objects.select_for_update().order_by("pk").values_list("pk"))
    check_prerequisites(course=course, requires=[row.key for row in wanted])
    before = sorted(course.prerequisites.values_list("requires__key", flat=True))
    after = sorted(row.key for row in wanted)
    course.prerequisites.exclude(requires__in=wanted).delete()
    CoursePrerequisite.objects.bulk_create(
        [CoursePrerequisite(course=course, requires=row) for row in wanted], ignore_conflicts=True
    )
    if before != after:
        log(
            instance=course,
            action=PREREQUISITES_SET,
            user=by,
            data={"before": before, "after": after},
        )


@transaction.atomic
def save_path(
    *,
    path: LearningPath,
    steps: Sequence[NewStep],
    by: Any = None,
) -> LearningPath:
    """Save a path, new or not, with these steps in this order.

    Args:
        path: with the fields wanted; validated by the caller's form.
        by: the account that answers for it; None = the starter content.

    Raises:
        PathRefused: `repeated` a course stands in it twice; `unknown_course`; `empty` a path that
            is shown has no step that must be done; `not_allowed` what follows from it `by` may
            not do. `place` is the number of the step, from 1.
    """
    before = None
    if path.pk is not None:
        before = _described(LearningPath.objects.select_for_update().get(pk=path.pk))
    courses = Course.objects.in_bulk([step.course for step in steps], field_name="key")
    _check(path, steps, courses)
    path.save()
    path.steps.exclude(course__key__in=courses).delete()
    kept = {row.course_id: row for row in path.steps.all()}
    for number, step in enumerate(steps, start=1):
        course = courses[step.course]
        row = kept.get(course.pk) or PathStep(path=path, course=course)
        row.position, row.is_optional = number, step.is_optional
        row.save()
    after = _described(path)
    if before != after:
        log(instance=path, action=PATH_SAVED, user=by, data={"before": before, "after": after})
    for settle in hooks.get_hooks(AFTER_PATH_CHANGE):
        settle(path=path, by=by)
    return path


@transaction.atomic
def delete_path(*, path: LearningPath, by: Any) -> None:
    """The path goes, and what follows from it; its courses and what people learned stay.

    Raises:
        PathRefused: `not_allowed`, see `save_path`.
    """
    row = LearningPath.objects.select_for_update().get(pk=path.pk)
    log(instance=row, action=PATH_DELETED, user=by, data={"before": _described(row)}, deleted=True)
    row.steps.all().delete()
    for settle in hooks.get_hooks(AFTER_PATH_CHANGE):
        settle(path=row, by=by)
    row.delete()


def _check(path: LearningPath, steps: Sequence[NewStep], courses: Mapping[str, Course]) -> None:
    seen: set[str] = set()
    for number, step in enumerate(steps, start=1):
        if step.course not in courses:
            raise PathRefused("unknown_course", _("There is no such course."), place=str(number))
        if step.course in seen:
            message = _("“%(title)s” stands in the path twice.") % {
                "title": courses[step.course].title
            }
            raise PathRefused("repeated", message, place=str(number))
        seen.add(step.course)
    if path.live and all(step.is_optional for step in steps):
        raise PathRefused(
            "empty", _("A path that learners see needs a course that is not optional.")
        )


def _described(path: LearningPath) -> dict[str, Any]:
    """For the log, which outlives courses: by key."""
    return {
        "live": path.live,
        "title": path.title_ja,
        "steps": [[row.course.key, row.is_optional] for row in path.steps.select_related("course")],
    }
