"""Starter courses become rows, content and published pages; what exists is left alone."""

from typing import Any

import pytest
from django.conf import settings

from courses.models import Activity, Course, H5PContent
from courses.pages.models import CoursePage, LessonPage
from courses.starter.load import CONTENT_DIR, load_courses

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_courses(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    for key in ("C104", "C204"):
        (tmp_path / f"{key}.toml").write_bytes((CONTENT_DIR / f"{key}.toml").read_bytes())
    monkeypatch.setattr("courses.starter.load.CONTENT_DIR", tmp_path)


def load() -> list[str]:
    said: list[str] = []
    load_courses(say=said.append, library_sources=settings.LMS_COURSES_H5P_LIBRARY_SOURCES)
    return said


def test_courses_are_published_with_playable_content(two_courses: None) -> None:
    assert len(load()) == 2
    assert CoursePage.objects.live().count() == 2
    assert LessonPage.objects.live().count() == 6
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
