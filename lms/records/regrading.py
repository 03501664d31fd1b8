"""What a statement's response is worth by the answer key of the content it was made on."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from courses.h5p.answer_keys import answer_key
from courses.h5p.grading import Answer
from lms.records.statement import ANSWERED, COMPLETED, RESPONSES, ParsedStatement
from lms.records.subjects import Subject


def graded_scores(
    parsed: Iterable[ParsedStatement], subjects: Mapping[str, Subject]
) -> dict[UUID, float]:
    """Statement id -> fraction the response is worth. Missing: nothing here can be graded.

    A pure function of the statement and its content: neither the order of statements nor what
    else the person sent matters. Only whole activities are graded; a part counts nowhere.

    Args:
        subjects: IRI -> activity, for every IRI in `parsed`.
    """
    found = {}
    for item in parsed:
        current = subjects[item.activity_iri].content
        if current is None or not item.is_root or item.verb not in (ANSWERED, COMPLETED):
            continue
        key = answer_key(item.content or current)
        points = key.grade(answer_of(item.body)) if key is not None else None
        if points is not None:
            found[item.id] = points.fraction
    return found


def answer_of(statement: Mapping[str, Any]) -> Answer:
    """The responses a valid statement holds: its own, and those of its parts beside it."""
    result = statement.get("result", {})
    parts = result.get("extensions", {}).get(RESPONSES)
    return Answer(
        result.get("response", ""),
        {key: value for key, value in parts.items() if isinstance(value, str)}
        if isinstance(parts, dict)
        else {},
    )
