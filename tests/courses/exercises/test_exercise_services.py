"""Making a data exercise: whole or not at all, and never changed afterwards."""

import subprocess
import sys
from typing import Any

import pytest

from courses.exercises.faults import FAULTS
from courses.exercises.presenting import fault_text, rule_texts
from courses.exercises.refusals import FileRefused, InvalidExercise
from courses.exercises.services import create_exercise, file_name, guessed_columns, read_spec
from courses.exercises.spec import Spec
from courses.exercises.texts import RULES
from courses.models import ExerciseContent, ExerciseFile
from tests.factories import CLEAN_TABLE, MESSY_TABLE, make_exercise_content

COLUMNS: list[dict[str, Any]] = [
    {"name": "番号"},
    {"name": "開催日", "type": "date"},
    {"name": "定員（人）", "type": "integer", "unit": "人"},
]


def spec_of(**changes: Any) -> Spec:
    return read_spec(
        {"columns": COLUMNS, "keys": ["番号"], "rules": [{"rule": "dates"}, {"rule": "content"}]}
        | changes
    )


def create(**changes: Any) -> ExerciseContent:
    given: dict[str, Any] = {
        "instructions_ja": "整えてください。",
        "messy": (MESSY_TABLE, "messy.csv"),
        "expected": (CLEAN_TABLE, "expected.csv"),
        "spec": spec_of(),
    }
    return create_exercise(**given | changes)


@pytest.mark.django_db
def test_the_same_exercise_again_is_the_row_there_is_and_any_change_a_new_one() -> None:
    assert make_exercise_content() == make_exercise_content()
    assert ExerciseContent.objects.count() == 1
    make_exercise_content(instructions="別の課題")
    make_exercise_content(rules=["dates"])
    assert ExerciseContent.objects.count() == 3
    # The bytes of a file are kept once.
    assert ExerciseFile.objects.count() == 2


@pytest.mark.django_db
def test_an_expected_file_that_breaks_the_rules_is_refused() -> None:
    with pytest.raises(InvalidExercise) as refusal:
        create(expected=(MESSY_TABLE, "expected.csv"))
    assert refusal.value.reason == "expected_fails"
    assert not ExerciseContent.objects.exists()
    assert not ExerciseFile.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["messy", "expected"])
def test_a_file_that_is_no_such_table_is_refused(part: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        create(**{part: (b"a,b\n1,2\n", "a.csv")})
    assert refusal.value.reason == "not_this_table"
    assert not ExerciseContent.objects.exists()


@pytest.mark.django_db
def test_without_an_expected_file_no_row_may_get_lost() -> None:
    content = create(expected=None)
    assert content.parsed_spec().minimum_rows == 2
    assert content.expected_file() is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"columns": []}, "no_columns"),
        ({"columns": [*COLUMNS, COLUMNS[0]]}, "column_twice"),
        ({"columns": [{"name": "x", "type": "money"}]}, "spec_shape"),
        ({"columns": "x"}, "spec_shape"),
        ({"keys": ["ない列"]}, "key_unknown"),
        ({"rules": []}, "no_rules"),
        ({"rules": [{"rule": "beauty"}]}, "unknown_rule"),
        ({"rules": [{"rule": "dates"}, {"rule": "dates"}]}, "rule_twice"),
        ({"rules": [{"rule": "dates", "weight": 0}]}, "spec_shape"),
        ({"formats": []}, "spec_shape"),
        ({"extra": 1}, "spec_shape"),
    ],
)
def test_what_cannot_be_graded_by_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(InvalidExercise) as refusal:
        spec_of(**changes)
    assert refusal.value.reason == reason
    assert refusal.value.place


def test_columns_are_guessed_from_a_clean_table() -> None:
    columns, keys = guessed_columns(file=(CLEAN_TABLE, "a.csv"))
    assert [(item.name, item.type, item.unit) for item in columns] == [
        ("番号", "text", ""),
        ("開催日", "date", ""),
        ("定員（人）", "integer", "人"),
    ]
    assert keys == ["番号"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a.csv", "a.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\表.csv", "表.csv"),
        ("a\r\nX: y.csv", "aX y.csv"),
        ("\u202evsc.exe", "vsc.exe"),
        ("", "file"),
    ],
)
def test_file_names_are_names_only(given: str, kept: str) -> None:
    assert file_name(given) == kept


def test_rules_and_faults_are_told_in_the_readers_language(settings: Any) -> None:
    from django.utils import translation

    spec = spec_of(rules=[{"rule": rule} for rule in RULES])
    with translation.override("ja"):
        assert all(not text.title.isascii() and not text.why.isascii() for text in rule_texts(spec))
        for fault in FAULTS:
            params = {"found": 1, "wanted": 2, "first": 3, "key": "k", "character": "①"}
            text = fault_text(fault, hint="2022-10-19", params=params)
            assert not text.what.isascii()
            assert not text.fix.isascii()
            assert "%(" not in text.what + text.fix
    assert fault_text("date_not_a_day", hint="", params={}).fix
    assert fault_text("header_differs", hint="", params={}).fix == ""


def test_nothing_of_it_is_imported_until_a_table_is_read() -> None:
    program = (
        "import os, sys, django;"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.projects.courses_only.settings';"
        "sys.modules['pandas'] = sys.modules['openpyxl'] = None;"
        "django.setup();"
        "from courses.exercises.services import GradingNotInstalled, guessed_columns\n"
        "try:\n guessed_columns(file=(b'a\\n1\\n', 'a.csv'))\n"
        "except GradingNotInstalled as error:\n print(error.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "grading_not_installed", done.stderr
