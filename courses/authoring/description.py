"""What lists show of a course, written on its pages and kept on its catalogue rows."""

from datetime import timedelta
from typing import Any

from courses.authoring.drafts import CourseDraft, is_translation


def describe(draft: CourseDraft) -> None:
    """Give the draft's catalogue rows, in memory, the texts that publication would give them.

    In the pages' language; a translation says nothing of how long the course takes.
    """
    course, page, language = draft.course, draft.page, draft.language
    _set(course, f"title_{language}", page.title)
    if page.summary:
        _set(course, f"summary_{language}", page.summary)
    if page.minutes is not None and not is_translation(page):
        _set(course, "duration", timedelta(minutes=page.minutes))
    if page.measures and not is_translation(page):
        _set(course, "measures", page.measure_keys)
    for lesson in draft.lessons:
        _set(lesson.lesson, f"title_{language}", lesson.page.title)


def _set(row: Any, field: str, value: Any) -> None:
    """A row without a Japanese title gets the English one: it must never be nameless."""
    setattr(row, field, value)
    if field == "title_en" and not row.title_ja:
        row.title_ja = value
