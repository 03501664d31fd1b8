"""Handing in a data exercise: grade, keep, record, in one transaction after the grading."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.exercises.services import file_name, grade_file
from courses.models import Activity
from lms.conf import conf
from lms.enrolment.services import lock_enrolments
from lms.exceptions import UnknownActivity
from lms.exercises.models import ExerciseAttempt
from lms.flows import record_grade
from lms.people.models import Employee


def grade_attempt(
    *, employee: Employee, activity: Activity, data: bytes, name: str
) -> ExerciseAttempt:
    """Grade a file that a learner hands in, keep it, and record the score as the server's own.

    It counts for the version of the exercise that `activity` was read with.

    Args:
        name: the file's name as the learner has it.

    Raises:
        FileRefused: it cannot be read as this table; nothing is kept then.
        GradingNotInstalled: the site lacks pandas or openpyxl.
        NotEnrolled: the person does not take the course.
        UnknownActivity: there is nothing to grade by.
    """
    exercise = activity.exercise
    if exercise is None:
        raise UnknownActivity(_("The exercise has not been published."))
    # Before anything is held: reading a table takes its time.
    report = grade_file(exercise=exercise, file=(data, name), pass_mark=activity.pass_mark)
    with transaction.atomic():
        # One at a time a person and course, so that no two attempts get the same number.
        lock_enrolments(employee=employee, course_ids=[activity.course_id])
        mine = ExerciseAttempt.objects.filter(employee=employee, activity=activity)
        number = (mine.aggregate(last=Max("number"))["last"] or 0) + 1
        now = timezone.now()
        statement = record_grade(
            employee=employee, activity=activity, score=report.score, attempt=number, at=now
        )
        attempt = ExerciseAttempt.objects.create(
            employee=employee,
            activity=activity,
            exercise=exercise,
            statement=statement,
            number=number,
            file_name=file_name(name),
            file_size=len(data),
            file=data,
            score=report.score,
            report=report.as_json(),
            at=now,
        )
        mine.filter(number__lte=number - conf.EXERCISE_FILES_KEPT, file__isnull=False).update(
            file=None
        )
    return attempt
