"""Starter courses become rows, content and published pages; what exists is left alone."""

from typing import Any

import pytest
from django.conf import settings

from courses.authoring.check.course import check_course
from courses.authoring.drafts import course_draft
from courses.exercises.services import grade_file
from courses.models import Activity, Course, H5PContent
from courses.pages.models import CoursePage, LessonPage
from courses.starter.load import CONTENT_DIR, load_courses

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_courses(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    for key in ("C104", "C204"):
        (tmp_path / f"{key}.toml").write_bytes((CONTENT_DIR / f"{key}.toml").read_bytes())
    monkeypatch.setattr("courses.starter.load.CONTENT_DIR", tmp_path)


@pytest.fixture
def ruled_courses(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    for key in ("C107", "C108"):
        (tmp_path / f"{key}.toml").write_bytes((CONTENT_DIR / f"{key}.toml").read_bytes())
    monkeypatch.setattr("courses.starter.load.CONTENT_DIR", tmp_path)


def load() -> list[str]:
    said: list[str] = []
    load_courses(say=said.append, library_sources=settings.LMS_COURSES_H5P_LIBRARY_SOURCES)
    return said


def test_courses_are_published_with_playable_content(two_courses: None) -> None:
    assert len(load()) == 2
    assert CoursePage.objects.live().count() == 2
    assert LessonPage.objects.live().count() == 7
    questions = Activity.objects.filter(kind="h5p")
    assert questions.exists()
    for question in questions.select_related("content__main_library"):
        assert question.content is not None
        assert str(question.content.main_library.machine_name) == "H5P.TrueFalse"
        assert question.content.params["l10n"]["checkAnswer"] == "チェック"
        assert question.lesson is not None


def test_a_second_run_changes_nothing_an_author_edited(two_courses: None) -> None:
    load()
    Course.objects.filter(key="C104").update(title_ja="直した題名")
    before = (Activity.objects.count(), H5PContent.objects.count(), LessonPage.objects.count())
    assert load() == []
    assert Course.objects.get(key="C104").title_ja == "直した題名"
    assert (
        Activity.objects.count(),
        H5PContent.objects.count(),
        LessonPage.objects.count(),
    ) == before


def test_the_open_data_course_has_an_exercise_that_needs_and_bears_solving(
    two_courses: None,
) -> None:
    load()
    activity = Activity.objects.select_related("exercise").get(kind="exercise")
    exercise = activity.exercise
    assert exercise is not None
    assert activity.live
    expected = exercise.expected_file()
    assert expected is not None
    assert _graded(activity, expected).score == 1
    report = _graded(activity, exercise.messy_file())
    assert report.score < (activity.pass_mark or 0)
    broken = {item.rule for item in report.rules if item.failed}
    # Only what a CSV file cannot have is not in it.
    assert {item.rule for item in report.rules} - broken == {
        "formulas",
        "merged_cells",
        "objects",
    }
    assert {"令和４年10月19日", "2022/10/19"} <= {item.value for item in report.findings}


def _graded(activity: Activity, file: tuple[bytes, str]) -> Any:
    assert activity.exercise is not None
    return grade_file(exercise=activity.exercise, file=file, pass_mark=activity.pass_mark)


def test_a_course_has_a_test_out_and_lessons_say_when_they_are_done(ruled_courses: None) -> None:
    load()
    rules = Activity.objects.filter(kind="lesson").values_list("course__key", "key", "completion")
    assert {row for row in rules if row[2] != "viewed"} == {
        ("C107", "test-out", "test_out"),
        ("C108", "pages-and-documents", "minimum_time"),
        ("C108", "plain-japanese", "graded_passed"),
    }
    ids = dict(Activity.objects.filter(course__key="C107").values_list("key", "pk"))
    asked = Activity.objects.filter(course__key="C107", live=True).exclude(covers=[])
    assert dict(asked.values_list("key", "covers")) == {
        "t-purpose": [ids["listen-to-needs"]],
        "t-offline": [ids["listen-to-needs"]],
        "t-hands": [ids["support-at-the-counter"]],
        "t-fraud": [ids["support-at-the-counter"]],
    }


def test_the_course_check_has_nothing_against_these_rules(ruled_courses: None) -> None:
    load()
    found = {
        finding.code
        for page in CoursePage.objects.all()
        for finding in check_course(course_draft(page))
    }
    assert not found & {
        "rule_never_met",
        "minimum_too_long",
        "test_out_grants_nothing",
        "test_out_not_gradable",
        "test_out_of_unasked",
    }
