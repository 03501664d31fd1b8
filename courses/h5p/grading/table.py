"""Which content types can be graded, and by what."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from courses.h5p.grading.choices import multi_choice, single_choice_set, true_false
from courses.h5p.grading.composite import column, question_set
from courses.h5p.grading.points import Answer, Grader, Points
from courses.h5p.grading.words import blanks, drag_text, mark_the_words


def grade(
    machine_name: str, major: int, params: Mapping[str, Any], answer: Answer
) -> Points | None:
    """What an answer is worth. None: the type, or a part of it, cannot be graded here.

    Args:
        params: the content's content.json, or that of a part.
    """
    grader = GRADERS.get((machine_name, major))
    points = grader(params, answer) if grader is not None else None
    return points if points is not None and points.most > 0 else None


# Machine name and major version: another major version may report otherwise.
GRADERS: Mapping[tuple[str, int], Grader] = {
    ("H5P.TrueFalse", 1): true_false,
    ("H5P.MultiChoice", 1): multi_choice,
    ("H5P.SingleChoiceSet", 1): single_choice_set,
    ("H5P.Blanks", 1): blanks,
    ("H5P.MarkTheWords", 1): mark_the_words,
    ("H5P.DragText", 1): drag_text,
    ("H5P.QuestionSet", 1): partial(question_set, grade),
    ("H5P.Column", 1): partial(column, grade),
}
