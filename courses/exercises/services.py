"""Making data exercises, and grading by them.

What reads and grades tables needs pandas and openpyxl, which only sites with exercises have: it
is imported where it is used, never with this module.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from courses.conf import conf
from courses.exceptions import CoursesError
from courses.exercises.models import ExerciseContent, ExerciseFile
from courses.exercises.refusals import REASONS, FileRefused, InvalidExercise
from courses.exercises.spec import Column, Spec, parse_spec

if TYPE_CHECKING:
    from courses.exercises.report import Report

NamedFile = tuple[bytes, str]


class GradingNotInstalled(CoursesError):
    """The site lacks what grades tables: install it with the extra `exercises`."""

    code = "grading_not_installed"


@contextmanager
def _in_readers_language() -> Iterator[None]:
    """The grader knows no translations; a refusal leaves here in the reader's language."""
    try:
        yield
    except (FileRefused, InvalidExercise) as refused:
        refused.message = gettext(REASONS[refused.reason]) % refused.params
        raise
    except ModuleNotFoundError as error:
        if error.name not in ("pandas", "openpyxl", "defusedxml"):
            raise
        raise GradingNotInstalled(
            gettext("Data exercises need pandas and openpyxl: install dx-academy[exercises].")
        ) from error


def grade_by(
    *,
    spec: Spec,
    file: NamedFile,
    expected: NamedFile | None,
    pass_mark: float | None,
) -> "Report":
    """Grade a file; nothing is stored.

    Args:
        file: bytes and name.
        expected: the table as it should be; None = only the rules decide.
        pass_mark: see `courses.exercises.scoring`.

    Raises:
        FileRefused: it cannot be read as this table.
        GradingNotInstalled: the site lacks pandas or openpyxl.
    """
    with _in_readers_language():
        from courses.exercises.grading import grade

        data, name = file
        return grade(
            data,
            name,
            spec,
            expected=expected,
            pass_mark=pass_mark,
            limits=conf.EXERCISE_LIMITS,
        )


def grade_file(*, exercise: ExerciseContent, file: NamedFile, pass_mark: float | None) -> "Report":
    """Grade a file by an exercise. Raises as `grade_by`."""
    return grade_by(
        spec=exercise.parsed_spec(),
        file=file,
        expected=exercise.expected_file(),
        pass_mark=pass_mark,
    )


def guessed_columns(*, file: NamedFile) -> tuple[list[Column], list[str]]:
    """What the columns and the key of a clean table seem to be, for the author to correct.

    Raises:
        FileRefused: it cannot be read, or has no names or no row.
        GradingNotInstalled: the site lacks pandas or openpyxl.
    """
    with _in_readers_language():
        from courses.exercises.detecting import detect_columns

        data, name = file
        return detect_columns(data, name, limits=conf.EXERCISE_LIMITS)


def read_spec(value: Any) -> Spec:
    """The specification from decoded JSON.

    Raises:
        InvalidExercise: it cannot be graded by; told in the reader's language.
    """
    with _in_readers_language():
        return parse_spec(value)


def create_exercise(
    *,
    instructions_ja: str,
    instructions_en: str = "",
    messy: NamedFile,
    expected: NamedFile | None,
    spec: Spec,
) -> ExerciseContent:
    """A version of a data exercise; the same input again gives the row there is.

    Where nothing is expected, as many rows as the messy file has are asked for, unless the
    specification says how many.

    Raises:
        InvalidExercise: the expected file does not score 1 by these rules.
        FileRefused: a file cannot be read as this table.
        GradingNotInstalled: the site lacks pandas or openpyxl.
    """
    report = grade_by(spec=spec, file=messy, expected=expected, pass_mark=None)
    if expected is not None:
        own = grade_by(spec=spec, file=expected, expected=expected, pass_mark=None)
        if own.score < 1:
            with _in_readers_language():
                raise InvalidExercise("expected_fails", place="expected")
    elif not spec.minimum_rows:
        spec = spec.model_copy(update={"minimum_rows": report.rows})
    names = [file_name(messy[1]), file_name(expected[1]) if expected else ""]
    parts = [
        instructions_ja,
        instructions_en,
        *names,
        _digest(messy[0]),
        _digest(expected[0]) if expected else "",
        spec.as_json(),
    ]
    digest = _digest(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode())
    content, _is_new = ExerciseContent.objects.get_or_create(
        digest=digest,
        defaults={
            "instructions_ja": instructions_ja,
            "instructions_en": instructions_en,
            "messy": _stored(messy[0]),
            "messy_name": names[0],
            "messy_size": len(messy[0]),
            "expected": _stored(expected[0]) if expected else None,
            "expected_name": names[1],
            "spec": spec.as_json(),
        },
    )
    return content


def file_name(name: str) -> str:
    """A name that is nothing but a name: no folders, no control or direction characters."""
    last = re.split(r"[/\\]", name)[-1]
    plain = re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\"<>|:*?]", "", last)
    stem, dot, ending = plain.strip(" .").rpartition(".")
    return f"{stem[:100]}{dot}{ending[:10]}" or "file"


def _stored(data: bytes) -> ExerciseFile:
    row, _is_new = ExerciseFile.objects.get_or_create(digest=_digest(data), defaults={"data": data})
    return row


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
