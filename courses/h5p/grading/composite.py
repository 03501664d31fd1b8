"""Types that hold other types."""

from collections.abc import Callable, Mapping
from typing import Any

from courses.h5p.grading.points import Answer, Points, group, groups, number

# Types that give a score: h5p-column, scripts/h5p-column.js (`isTasks`). All else is to read.
TASKS = frozenset(
    f"H5P.{name}"
    for name in (
        *("ImageHotspotQuestion", "Blanks", "Essay", "SingleChoiceSet", "MultiChoice"),
        *("TrueFalse", "DragQuestion", "Summary", "DragText", "MarkTheWords", "MemoryGame"),
        *("QuestionSet", "InteractiveVideo", "CoursePresentation", "DocumentationTool"),
        *("MultiMediaChoice", "SortParagraphs", "AdvancedBlanks", "Crossword", "FindTheWords"),
    )
)

# Machine name, major version, params, answer -> points; None = cannot be graded.
Grade = Callable[[str, int, Mapping[str, Any], Answer], Points | None]


def question_set(grade: Grade, params: Mapping[str, Any], answer: Answer) -> Points | None:
    """The sum over its questions.

    With a pool the browser draws `poolSize` of them; the answer has a part for each that was
    drawn, and a question that was drawn and is missing counts as wrong.

    Source: h5p-question-set, js/questionset.js (`getScore`, `getMaxScore`, `poolSize`).
    """
    found = [_part(grade, question, answer) for question in groups(params, "questions")]
    graded = [part for part in found if part is not None]
    if not graded or len(graded) != len(found):
        return None
    size = int(number(params, "poolSize", 0))
    if not 0 < size < len(graded):
        return _sum([points for points, _is_answered in graded])
    drawn = [points for points, is_answered in graded if is_answered]
    rest = sorted((points.most for points, is_answered in graded if not is_answered), reverse=True)
    if len(drawn) > size:
        # More than were drawn: picked from the answers to several draws.
        return Points(0, sum(points.most for points in drawn))
    return _sum([*drawn, *(Points(0, most) for most in rest[: size - len(drawn)])])


def column(grade: Grade, params: Mapping[str, Any], answer: Answer) -> Points | None:
    """The sum over its tasks; texts and pictures give no points. None: it has no task.

    Source: h5p-column, scripts/h5p-column.js (`completed`, `isTasks`).
    """
    parts = [group(item, "content") for item in groups(params, "content")]
    found = [_part(grade, part, answer) for part in parts if _machine_name(part) in TASKS]
    graded = [part[0] for part in found if part is not None]
    return _sum(graded) if graded and len(graded) == len(found) else None


def _machine_name(part: Mapping[str, Any]) -> str:
    return str(part.get("library", "")).split(" ")[0]


def _part(grade: Grade, part: Mapping[str, Any], answer: Answer) -> tuple[Points, bool] | None:
    """Points of one part, and whether the answer says anything of it."""
    name, _, version = str(part.get("library", "")).partition(" ")
    major = version.partition(".")[0]
    key = part.get("subContentId")
    if not isinstance(key, str) or not key or not major.isdigit():
        return None
    inner = Answer(answer.parts.get(key, ""), answer.parts)
    points = grade(name, int(major), group(part, "params"), inner)
    return None if points is None else (points, key in answer.parts)


def _sum(points: list[Points]) -> Points:
    return Points(sum(item.earned for item in points), sum(item.most for item in points))
