"""Which courses wait for others, for one person."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from courses.models import Course, CoursePrerequisite
from courses.paths.selectors import prerequisites_of
from lms.enrolment.models import AudienceRule
from lms.people.models import Employee
from lms.progress.models import CourseProgress


def unmet_by(
    employee: Employee, courses: Collection[Course], open_ids: Collection[int]
) -> dict[int, list[Course]]:
    """Course id -> what the person must finish before beginning it; absent = nothing.

    Who has begun a course goes on with it, whatever is asked before it since.

    Args:
        open_ids: ids of courses that the person may take. Others are only advice: nobody can be
            kept waiting for a course they do not get.
    """
    wanted = prerequisites_of(courses)
    if not wanted:
        return {}
    begun = set(
        CourseProgress.objects.filter(employee=employee, course__in=wanted).values_list(
            "course_id", flat=True
        )
    )
    met = met_by(employee, {row.pk for rows in wanted.values() for row in rows})
    return {
        pk: missing
        for pk, rows in wanted.items()
        if pk not in begun
        and (missing := [row for row in rows if row.pk in open_ids and row.pk not in met])
    }


def met_by(employee: Employee, course_ids: Collection[int]) -> set[int]:
    """Of the courses those that the person has finished, whenever that was, or one equal to it.

    Equal is what a rule of the course says counts as it.
    """
    completed = CourseProgress.objects.filter(employee=employee, completed_at__isnull=False)
    counting = AudienceRule.equal_courses.through.objects.filter(
        audiencerule__course__in=course_ids, course__in=completed.values("course_id")
    )
    return {
        *completed.filter(course__in=course_ids).values_list("course_id", flat=True),
        *counting.values_list("audiencerule__course_id", flat=True),
    }


def waiting() -> Q:
    """Of enrolments: whether the course is not begun and another before it not finished.

    True also where `unmet_by` knows better; never false where it finds something.
    """
    mine = CourseProgress.objects.filter(employee=OuterRef("employee"))
    finished = CourseProgress.objects.filter(
        employee=OuterRef(OuterRef("employee")),
        course=OuterRef("requires"),
        completed_at__isnull=False,
    )
    missing = CoursePrerequisite.objects.filter(~Exists(finished), course=OuterRef("course"))
    return Q(Exists(missing)) & ~Q(Exists(mine.filter(course=OuterRef("course"))))
