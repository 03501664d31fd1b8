"""The check over real drafts: where findings point, and that nothing breaks it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail import hooks

from courses.authoring.check.course import FURTHER_CHECKS, check_course
from courses.authoring.check.findings import Finding, Severity
from courses.authoring.check.reading import PROMISES
from courses.authoring.drafts import course_draft
from courses.models import Activity
from courses.pages.models import CoursePage, LessonPage
from tests.examples import examples
from tests.factories import make_course, make_document, make_image, publish_course

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_japanese(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with translation.override("ja"):
        yield


@pytest.fixture
def page() -> CoursePage:
    return publish_course(make_course("C1", is_published=False))


def lesson_of(page: CoursePage, body: list[Any]) -> LessonPage:
    lesson: LessonPage = LessonPage.objects.child_of(page).get()
    lesson.body = body
    lesson.save_revision()
    return lesson


def found(page: CoursePage, code: str) -> list[Finding]:
    return [row for row in check_course(course_draft(page)) if row.code == code]


def test_a_finding_leads_to_its_block_in_the_editor(page: CoursePage) -> None:
    lesson = lesson_of(
        page, [("rich_text", "<p>よい文です。</p>"), ("rich_text", "<h4>飛んだ</h4>")]
    )
    (finding,) = found(page, "heading_skipped")
    block = lesson.get_latest_revision_as_object().body[1]
    assert finding.url == f"/admin/pages/{lesson.pk}/edit/#:w:contentpath=body.{block.id}"
    assert finding.place == "レッスン「レッスンL1」のブロック2（本文）"
    assert (finding.lesson, finding.severity) == ("レッスンL1", Severity.WARNING)


def test_the_draft_is_checked_not_what_is_published(page: CoursePage) -> None:
    lesson = LessonPage.objects.child_of(page).get()
    assert found(page, "link_text_vague") == []
    lesson_of(page, [("rich_text", '<p><a linktype="page" id="1">こちら</a></p>')])
    assert len(found(page, "link_text_vague")) == 1
    lesson.refresh_from_db()
    assert "こちら" not in str(lesson.body)


def test_a_picture_needs_a_text_unless_it_is_decoration(page: CoursePage) -> None:
    silent, told, ornament = (make_image(title=title) for title in ("一", "二", "三"))
    silent.contextual_alt_text, silent.decorative = "", False
    told.contextual_alt_text, told.decorative = "流れ図", False
    ornament.contextual_alt_text, ornament.decorative = "", True
    lesson_of(page, [("image", silent), ("image", told), ("image", ornament)])
    assert ["一" in row.detail for row in found(page, "image_without_text")] == [True]


def test_a_video_needs_captions_or_a_transcript(page: CoursePage) -> None:
    video = {"title": "説明", "file": make_document("a.mp4"), "captions": None, "transcript": ""}
    lesson_of(page, [("video", video), ("video", video | {"transcript": "話の内容"})])
    assert [row.place[-8:] for row in found(page, "video_without_captions")] == ["ロック1（動画）"]


def test_an_activity_points_to_its_own_editor(page: CoursePage) -> None:
    activity = Activity.objects.get(key="L1-1")
    activity.title_ja = ""
    activity.save_revision(clean=False)
    (finding,) = found(page, "title_missing")
    assert finding.url == f"/admin/snippets/lms_courses/activity/edit/{activity.pk}/"


def test_an_activity_that_was_not_written_yet_is_an_error(page: CoursePage) -> None:
    Activity.objects.filter(key="L1-1").update(content=None, live=False)
    assert len(found(page, "activity_empty")) == 1


def test_other_packages_say_what_a_course_promises_and_add_checks(page: CoursePage) -> None:
    Activity.objects.filter(key="L1-1").update(pass_mark=None)
    own = Finding("own", Severity.ERROR, "独自", "直してください。", "コース", "/admin/")

    def promises(**_given: Any) -> list[str]:
        return ["データを扱う レベル2"]

    def checks(**_given: Any) -> list[Finding]:
        return [own]

    with (
        hooks.register_temporarily(PROMISES, promises),
        hooks.register_temporarily(FURTHER_CHECKS, checks),
    ):
        rows = check_course(course_draft(page))
    assert "データを扱う レベル2" in next(
        row.detail for row in rows if row.code == "award_without_grading"
    )
    assert own in rows
    assert [row.severity for row in rows] == sorted(
        (row.severity for row in rows), key=list(Severity).index
    )


HTML = st.text(alphabet="<>/=\"'&;: h2pbaimg#style color字①。", max_size=60)
BLOCKS = st.one_of(
    st.tuples(st.just("rich_text"), HTML),
    st.tuples(
        st.just("callout"),
        st.fixed_dictionaries({"tone": st.just("tip"), "title": HTML, "text": HTML}),
    ),
    st.tuples(st.sampled_from(["image", "document", "h5p"]), st.just(None)),
    st.tuples(
        st.just("video"),
        st.fixed_dictionaries(
            {"title": HTML, "file": st.none(), "captions": st.none(), "transcript": HTML}
        ),
    ),
)


@settings(
    max_examples=examples(of=40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(body=st.lists(BLOCKS, max_size=5), title=st.text(min_size=1, max_size=20))
def test_no_draft_breaks_the_check(page: CoursePage, body: list[Any], title: str) -> None:
    lesson = LessonPage.objects.child_of(page).get()
    lesson.title, lesson.body = title.replace("\x00", ""), body
    lesson.save_revision(clean=False)
    for finding in check_course(course_draft(page)):
        assert finding.url
        assert finding.place
