"""Reading paths and what courses stand on."""

from collections.abc import Iterable

from django.db.models import QuerySet

from courses.catalogue.models import Course
from courses.paths.models import CoursePrerequisite, LearningPath


def prerequisite_edges() -> list[tuple[int, int]]:
    """Ids of every course that must be finished and of the course that waits for it."""
    rows = CoursePrerequisite.objects.order_by("pk")
    return list(rows.values_list("requires_id", "course_id"))


def prerequisites_of(courses: Iterable[Course]) -> dict[int, list[Course]]:
    """Course id -> the courses to finish before it, in catalogue order; absent = none."""
    found: dict[int, list[Course]] = {}
    rows = CoursePrerequisite.objects.filter(course__in=list(courses)).select_related("requires")
    for row in rows.order_by("requires__position", "requires__key"):
        found.setdefault(row.course_id, []).append(row.requires)
    return found


def live_paths() -> QuerySet[LearningPath]:
    return LearningPath.objects.filter(live=True)


def missing_prerequisites(path: LearningPath) -> list[tuple[Course, Course]]:
    """Steps with a course to finish before them that is no step: the step's course and it."""
    rows = (
        CoursePrerequisite.objects.filter(course__steps__path=path)
        .exclude(requires__steps__path=path)
        .select_related("course", "requires")
    )
    return [(row.course, row.requires) for row in rows.order_by("course__steps__position", "pk")]


def paths_with(courses: Iterable[Course]) -> QuerySet[LearningPath]:
    """Paths in which one of the courses stands, shown to learners or not."""
    return LearningPath.objects.filter(steps__course__in=courses).distinct()
