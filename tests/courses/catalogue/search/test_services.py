"""What can be found follows what is published, and only that."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from courses.authoring.publishing import publish_course, settle_course
from courses.catalogue.search.models import SearchText
from courses.catalogue.search.services import index_course
from courses.h5p.making import make_content
from courses.models import Activity, Course, H5PLibrary
from courses.pages.models import CoursePage, LessonPage
from tests.courses.h5p.conftest import (  # noqa: F401 - fixtures
    h5p_root,
    official,
    question,
    true_false,
)
from tests.factories import make_activity, make_course, make_exercise, make_lesson
from tests.factories import publish_course as make_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    """Published; lesson L1 says サーバー室, its page stands below the course's."""
    made = make_course("C1", title="窓口の改革", summary="要約です", is_published=False)
    publish_course(page=make_pages(made, bodies={"L1": [("rich_text", "<p>サーバー室</p>")]}))
    return made


@pytest.fixture
def lesson_page(course: Course) -> LessonPage:
    return LessonPage.objects.get(lesson__course=course)


def texts_of(course: Course, language: str = "ja") -> dict[str, str]:
    """Lesson key (empty: the course) -> body."""
    rows = course.search_texts.filter(language=language).select_related("lesson")
    return {row.lesson.key if row.lesson else "": row.body for row in rows}


def test_publication_writes_down_titles_summary_and_texts(course: Course) -> None:
    page = CoursePage.objects.get(course=course)
    page.introduction = "<p>はじめに</p><p>つぎに</p>"
    page.save_revision()
    publish_course(page=page)
    own = course.search_texts.get(lesson=None)
    assert (own.title, own.summary, own.body) == ("窓口の改革", "要約です", "はじめに\nつぎに")
    assert own.folded_title == "窓口の改革\nc1"
    lesson = course.search_texts.get(lesson__key="L1")
    assert (lesson.title, lesson.body) == ("レッスンL1", "サーバー室")
    assert lesson.folded_body == "さーば室"


def test_a_draft_is_found_only_once_it_is_published(
    course: Course, lesson_page: LessonPage
) -> None:
    lesson_page.body = [("rich_text", "<p>下書きの秘密</p>")]
    lesson_page.save_revision()
    settle_course(course=course)
    assert texts_of(course)["L1"] == "サーバー室"
    publish_course(page=CoursePage.objects.get(course=course))
    assert texts_of(course)["L1"] == "下書きの秘密"


def test_what_goes_offline_is_found_no_more(course: Course, lesson_page: LessonPage) -> None:
    lesson_page.unpublish()
    settle_course(course=course)
    assert texts_of(course) == {"": ""}
    CoursePage.objects.get(course=course).unpublish()
    settle_course(course=course)
    assert texts_of(course) == {}


def test_blocks_say_their_words(course: Course, lesson_page: LessonPage) -> None:
    lesson_page.body = [
        ("callout", {"tone": "tip", "title": "助言", "text": "<p>急がば<b>回れ</b></p>"}),
        ("exercise", make_exercise(course.activities.get(key="L1"), "X1")),
    ]
    lesson_page.save_revision()
    publish_course(page=CoursePage.objects.get(course=course))
    exercise = course.activities.get(key="X1")
    assert exercise.exercise is not None
    said = texts_of(course)["L1"].split("\n")
    assert said[:3] == ["助言", "急がば回れ", exercise.title_ja]
    assert exercise.exercise.instructions_ja.split("\n")[0] in said


def test_questions_are_found_but_not_what_is_learned_by_answering(
    h5p_root: Path,  # noqa: F811
    true_false: H5PLibrary,  # noqa: F811
    question: dict[str, Any],  # noqa: F811
) -> None:
    question["question"] = "<p>首都は*とうきょう*です。</p>"
    content = make_content(library=true_false, params=question, title="問い", language="ja")
    course = make_course("C1", activities=0, is_published=False)
    activity = make_activity(course.activities.get(key="L1"), "Q1", content=content)
    publish_course(page=make_pages(course, bodies={"L1": [("h5p", activity)]}))
    assert texts_of(course)["L1"] == f"{activity.title_ja}\n首都は＿＿です。"


def test_a_title_in_english_is_found_where_no_page_is_english(course: Course) -> None:
    Course.objects.filter(pk=course.pk).update(title_en="Counter reform")
    Activity.objects.filter(course=course, key="L1").update(title_en="Server room")
    settle_course(course=course)
    titles = course.search_texts.filter(language="en").values_list("title", flat=True)
    assert set(titles) == {"Counter reform", "Server room"}
    assert texts_of(course, "en") == {"": "", "L1": ""}


def test_an_english_page_is_found_in_english(course: Course) -> None:
    make_pages(course, bodies={"L1": [("rich_text", "<p>server room</p>")]}, language="en")
    settle_course(course=course)
    assert texts_of(course)["L1"] == "サーバー室"
    assert texts_of(course, "en")["L1"] == "server room"


def test_a_lesson_without_a_page_is_not_found(course: Course) -> None:
    make_lesson(course, "L9")
    assert index_course(course=course) == 2


def test_the_command_writes_every_course_anew_and_twice_is_no_more(course: Course) -> None:
    make_course("C2")
    make_course("C3", is_published=False)
    SearchText.objects.all().delete()
    for _ in range(2):
        output = StringIO()
        call_command("index_courses", stdout=output)
        assert "2" in output.getvalue()
        assert SearchText.objects.count() == 4
