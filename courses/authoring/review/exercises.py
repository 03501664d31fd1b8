"""Trying a data exercise in a review: graded as a learner's file is, and forgotten.

A review is no learning: nothing here writes, so that no attempt, statement or file can be left.
"""

from dataclasses import dataclass
from typing import Any

from courses.authoring.drafts import CourseDraft
from courses.exercises.services import NamedFile, grade_file
from courses.models import Activity


@dataclass(frozen=True)
class DraftGrade:
    """What grading a file by a drafted exercise found.

    Attributes:
        activity: the draft it was graded by.
        score: fraction 0 to 1.
        report: `courses.exercises.report.Report.as_json()`.
    """

    activity: Activity
    score: float
    report: dict[str, Any]


def drafted_exercise(draft: CourseDraft, key: str) -> Activity | None:
    """The data exercise of a drafted course; None = it has none of that key that is made."""
    for activity in draft.activities:
        if activity.key == key and activity.exercise_id is not None:
            return activity
    return None


def grade_draft(*, activity: Activity, file: NamedFile) -> DraftGrade:
    """Grade a file by a data exercise as drafted; nothing is stored.

    Args:
        activity: a draft, as `drafted_exercise` gives it.
        file: bytes and name.

    Raises:
        FileRefused: it cannot be read as this table.
        GradingNotInstalled: the site lacks pandas or openpyxl.
    """
    exercise: Any = activity.exercise
    report = grade_file(exercise=exercise, file=file, pass_mark=activity.pass_mark)
    return DraftGrade(activity, report.score, report.as_json())
