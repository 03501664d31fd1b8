"""Keeping what an author makes of a data exercise as a draft."""

from typing import Any

from django.db import transaction

from courses.authoring.drafts import as_drafted
from courses.catalogue.models import Activity, Course
from courses.catalogue.services import create_activity
from courses.exercises.models import ExerciseContent


@transaction.atomic
def save_exercise_draft(
    *,
    course: Course,
    activity: Activity | None,
    content: ExerciseContent,
    title_ja: str,
    title_en: str,
    pass_mark: float | None,
    earlier_count: bool,
    by: Any,
) -> Activity:
    """The draft of a data exercise; learners get it when the course is published.

    Args:
        activity: None = a new one, in no lesson yet.
        by: the user, for the history.
    """
    row = activity or create_activity(
        course=course, kind=Activity.Kind.EXERCISE, title=title_ja, language="ja"
    )
    draft: Activity = as_drafted(row)
    draft.exercise = content
    draft.title_ja, draft.title_en = title_ja, title_en
    draft.pass_mark, draft.earlier_count = pass_mark, earlier_count
    draft.save_revision(user=by, log_action=activity is not None)
    return row
