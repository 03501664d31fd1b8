"""Reading attempts. A learner has their own and nobody else's."""

from django.db.models import QuerySet

from courses.models import Activity, Course
from lms.exercises.models import ExerciseAttempt
from lms.people.models import Employee


def exercise_in(course: Course, key: str) -> Activity | None:
    """The published data exercise of a course; None = there is none of that key."""
    return (
        Activity.objects.filter(
            course=course, key=key, kind=Activity.Kind.EXERCISE, live=True, exercise__isnull=False
        )
        .select_related("exercise", "course")
        .first()
    )


def attempts_of(employee: Employee, activity: Activity) -> QuerySet[ExerciseAttempt]:
    """The person's attempts, newest first, without their files."""
    return (
        ExerciseAttempt.objects.filter(employee=employee, activity=activity)
        .defer("file")
        .order_by("-number")
    )


def attempt_file(attempt: ExerciseAttempt) -> bytes | None:
    """What was handed in; None = no longer kept."""
    return None if attempt.file is None else bytes(attempt.file)
