"""Translating a course: pages, what is left, and what happens when the original changes."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission

from courses.authoring.publishing import publish_course
from courses.authoring.services import set_up_authors
from courses.authoring.translation.exceptions import NotTranslatable
from courses.authoring.translation.selectors import Row, course_translation, untranslated
from courses.authoring.translation.services import save_translations, start_translation
from courses.catalogue.services import create_activity
from courses.exceptions import CourseLocked
from courses.models import Course, TranslatedText
from courses.pages.models import (
    CourseIndexPage,
    CoursePage,
    CourseSectionPage,
    LessonPage,
    ModulePage,
)
from courses.starter.load import course_index
from tests.factories.courses import make_course
from tests.factories.courses import publish_course as make_pages
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

BODY = [
    ("rich_text", '<h2>はじめに</h2><p>窓口の<b>全部</b>を<a href="/x">一覧</a>で見ます。</p>'),
    ("callout", {"tone": "tip", "title": "補足", "text": "<p>大事です。</p>"}),
]


@pytest.fixture
def section() -> CourseSectionPage:
    return course_index().add_child(instance=CourseSectionPage(title="業務改革", slug="mine"))


@pytest.fixture
def course(section: CourseSectionPage) -> Course:
    made = make_course("C1", lessons=2, activities=0, summary="要約です。", is_published=False)
    page = make_pages(made, bodies={"L1": BODY})
    page.move(section, pos="last-child")
    publish_course(page=CoursePage.objects.get(pk=page.pk))
    return made


def row_of(course: Course, source: str) -> Row:
    return next(row for row in course_translation(course, "en").rows if row.source == source)


def save(course: Course, texts: dict[str, str]) -> Any:
    ids = {row_of(course, source).id: text for source, text in texts.items()}
    return save_translations(course=course, language="en", texts=ids)


def english(course: Course) -> dict[str, Any]:
    """Title of the original -> draft of the translation."""
    table = course_translation(course, "en")
    return {subject.title: subject.translation for subject in table.subjects}


def draft_lesson(course: Course, key: str = "L1", **changes: Any) -> None:
    page = LessonPage.objects.get(
        lesson__course=course, lesson__key=key, locale__language_code="ja"
    )
    page = page.get_latest_revision_as_object()
    for field, value in changes.items():
        setattr(page, field, value)
    page.save_revision()


def test_the_pages_are_drafts_below_translated_parents(
    course: Course, section: CourseSectionPage
) -> None:
    set_up_authors(section=section)
    page = start_translation(course=course, language="en")
    assert page.course == course
    assert not page.live
    lessons = list(LessonPage.objects.child_of(page).select_related("lesson"))
    assert [item.lesson.key for item in lessons] == ["L1", "L2"]
    assert not any(item.live or item.alias_of_id for item in lessons)
    parent = page.get_parent().specific
    assert isinstance(parent, CourseSectionPage)
    assert parent.locale.language_code == "en"
    assert parent.alias_of_id is None
    assert isinstance(parent.get_parent().specific, CourseIndexPage)


def test_who_writes_the_course_writes_its_translation(
    course: Course, section: CourseSectionPage
) -> None:
    author, group = make_user("a"), set_up_authors(section=section)
    author.groups.add(group)
    page = start_translation(course=course, language="en", by=author)
    assert page.permissions_for_user(author).can_edit()
    assert not page.permissions_for_user(author).can_publish()
    assert GroupPagePermission.objects.filter(group=group).count() == 4
    assert Group.objects.filter(name__startswith="研修コースの著者").count() == 1


def test_starting_again_changes_nothing(course: Course) -> None:
    page = start_translation(course=course, language="en")
    save(course, {"はじめに": "Start"})
    drafts = [item.latest_revision_id for item in LessonPage.objects.child_of(page)]
    start_translation(course=course, language="en")
    assert [item.latest_revision_id for item in LessonPage.objects.child_of(page)] == drafts
    assert row_of(course, "はじめに").target == "Start"


def test_every_text_is_listed_until_it_is_translated(course: Course) -> None:
    start_translation(course=course, language="en")
    assert [row.source for row in untranslated(course, "en")] == [
        "講座C1",
        "要約です。",
        "レッスンL1",
        "はじめに",
        "窓口の<b>全部</b>を<a>一覧</a>で見ます。",
        "補足",
        "大事です。",
        "レッスンL2",
        "レッスンL2の本文です。",
    ]
    outcome = save(course, {"講座C1": "Course 1", "補足": "Note", "大事です。": "It matters."})
    assert (len(outcome.saved), outcome.refused) == (3, {})
    assert len(untranslated(course, "en")) == 6
    lesson = english(course)["レッスンL1"]
    assert lesson.body[1].value["title"] == "Note"
    assert lesson.body[1].value["text"].source == "<p>It matters.</p>"
    assert english(course)["講座C1"].title == "Course 1"


def test_what_is_not_translated_is_the_original(course: Course) -> None:
    start_translation(course=course, language="en")
    source = "窓口の<b>全部</b>を<a>一覧</a>で見ます。"
    save(course, {source: "<a>A list</a> of <b>all</b> counters."})
    html = english(course)["レッスンL1"].body[0].value.source
    assert html == '<h2>はじめに</h2><p><a href="/x">A list</a> of <b>all</b> counters.</p>'


@pytest.mark.parametrize(
    ("source", "text", "said"),
    [
        ("窓口の<b>全部</b>を<a>一覧</a>で見ます。", "A list.", "<a> <b>"),
        ("大事です。", "It <script>x</script> matters.", "<script>"),
        ("補足", "x" * 101, "100"),
        ("講座C1", "x" * 256, "255"),
    ],
)
def test_a_text_that_does_not_fit_is_refused_and_the_others_are_saved(
    course: Course, source: str, text: str, said: str
) -> None:
    start_translation(course=course, language="en")
    bad = row_of(course, source)
    outcome = save(course, {source: text, "要約です。": "Summary."})
    assert list(outcome.refused) == [bad.id]
    assert said in outcome.refused[bad.id]
    assert row_of(course, source).target == ""
    assert row_of(course, "要約です。").target == "Summary."


def test_a_translation_can_be_taken_back_and_may_equal_the_original(course: Course) -> None:
    start_translation(course=course, language="en")
    save(course, {"はじめに": "はじめに"})
    assert row_of(course, "はじめに").state == "translated"
    save(course, {"はじめに": ""})
    assert row_of(course, "はじめに").state == "untranslated"


def test_a_change_of_the_original_makes_its_translation_outdated(course: Course) -> None:
    start_translation(course=course, language="en")
    save(course, {"はじめに": "Start", "大事です。": "It matters."})
    old = row_of(course, "大事です。")
    draft = LessonPage.objects.get(lesson__key="L1", locale__language_code="ja")
    raw = list(draft.body.raw_data)
    raw[0]["value"] = "<p>新しい段落。</p>" + raw[0]["value"]
    raw[1]["value"]["text"] = "<p>とても大事です。</p>"
    draft_lesson(course, body=draft.body.stream_block.to_python(raw))

    states = {row.source: (row.state, row.target) for row in course_translation(course, "en").rows}
    assert states["新しい段落。"] == ("untranslated", "")
    assert states["はじめに"] == ("translated", "Start")
    assert states["とても大事です。"] == ("outdated", "It matters.")

    late = save_translations(course=course, language="en", texts={old.id: "Too late"})
    assert list(late.refused) == [old.id]
    save(course, {"とても大事です。": "It matters a lot."})
    assert row_of(course, "とても大事です。").state == "translated"
    html = english(course)["レッスンL1"].body[0].value.source
    assert html.startswith("<p>新しい段落。</p><h2>Start</h2>")


def test_what_nobody_translated_stays_untranslated_however_often_it_changes(
    course: Course,
) -> None:
    start_translation(course=course, language="en")
    for number in range(3):
        draft_lesson(course, title=f"題名{number}", body=[("rich_text", f"<p>甲{number}</p>")])
        save(course, {"要約です。": f"Summary {number}."})
        rows = {row.source: row for row in course_translation(course, "en").rows}
        assert rows[f"題名{number}"].state == rows[f"甲{number}"].state == "untranslated"
        assert english(course)[f"題名{number}"].title == f"題名{number}"


def test_an_outdated_translation_stays_outdated_until_somebody_looks_at_it(course: Course) -> None:
    start_translation(course=course, language="en")
    save(course, {"レッスンL1": "Lesson 1"})
    for number in range(2):
        draft_lesson(course, title=f"題名{number}")
        save(course, {"要約です。": f"Summary {number}."})
        row = row_of(course, f"題名{number}")
        assert (row.state, row.target) == ("outdated", "Lesson 1")


def test_new_lessons_and_blocks_come_with_the_next_start(course: Course) -> None:
    page = start_translation(course=course, language="en")
    original = CoursePage.objects.get(course=course, locale__language_code="ja")
    module = original.add_child(instance=ModulePage(title="応用", slug="m", live=False))
    lesson = create_activity(course=course, kind="lesson", title="三つ目", language="ja")
    module.add_child(instance=LessonPage(title="三つ目", slug="l3", lesson=lesson, live=False))
    LessonPage.objects.get(lesson__key="L1", locale__language_code="ja").move(
        original, pos="last-child"
    )
    assert not course_translation(course, "en").is_in_line
    assert {"応用", "三つ目"} <= {row.source for row in untranslated(course, "en")}
    start_translation(course=course, language="en")
    assert course_translation(course, "en").is_in_line
    found = page.get_descendants().specific().order_by("path")
    assert [item.title for item in found] == ["レッスンL2", "応用", "三つ目", "レッスンL1"]


def test_a_text_written_in_the_pages_own_editor_is_a_translation(course: Course) -> None:
    start_translation(course=course, language="en")
    lesson = english(course)["レッスンL1"]
    lesson.title = "Lesson one"
    raw = list(lesson.body.raw_data)
    raw[0]["value"] = "<p>All in one paragraph, and <b>more</b>.</p>"
    lesson.body = lesson.body.stream_block.to_python(raw)
    lesson.save_revision()

    assert row_of(course, "レッスンL1").state == "translated"
    (whole,) = [row for row in course_translation(course, "en").rows if row.kind == "restructured"]
    assert whole.target == "<p>All in one paragraph, and <b>more</b>.</p>"
    assert whole.state == "translated"
    save(course, {"補足": "Note"})
    assert english(course)["レッスンL1"].body[0].value.source == whole.target
    assert english(course)["レッスンL1"].title == "Lesson one"
    # Back to the paragraphs of the original.
    save_translations(course=course, language="en", texts={whole.id: ""})
    assert row_of(course, "はじめに").state == "untranslated"


@pytest.mark.parametrize("language", ["ja", "fr", ""])
def test_only_other_languages_of_the_site_can_be_had(course: Course, language: str) -> None:
    with pytest.raises(NotTranslatable):
        start_translation(course=course, language=language)
    assert not TranslatedText.objects.exists()


def test_nothing_is_written_to_what_is_locked(course: Course) -> None:
    start_translation(course=course, language="en")
    row = row_of(course, "はじめに")
    page = LessonPage.objects.get(lesson__key="L1", locale__language_code="en")
    page.locked, page.locked_by = True, make_user("somebody")
    page.save()
    with pytest.raises(CourseLocked):
        save_translations(
            course=course, language="en", texts={row.id: "Start"}, by=make_user("author")
        )
    assert row_of(course, "はじめに").target == ""


def test_the_published_translation_is_what_english_readers_get(course: Course) -> None:
    page = start_translation(course=course, language="en")
    save(course, {"講座C1": "Course 1", "レッスンL1": "Lesson 1", "要約です。": "Summary."})
    publish_course(page=CoursePage.objects.get(pk=page.pk))
    course.refresh_from_db()
    assert (course.title_ja, course.title_en, course.summary_en) == (
        "講座C1",
        "Course 1",
        "Summary.",
    )
    assert course.activities.get(key="L1").title_en == "Lesson 1"
