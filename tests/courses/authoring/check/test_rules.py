"""For every rule a course that breaks it, and one beside it that does not."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from courses.authoring.check.course import check_material
from courses.authoring.check.findings import Severity, Spot
from courses.authoring.check.markup import Markup
from courses.authoring.check.material import (
    ActivityMaterial,
    Address,
    CourseMaterial,
    Film,
    LessonMaterial,
    Paint,
    Passage,
    Picture,
)
from courses.authoring.check.rules import CHECKS
from courses.authoring.check.rules.writing import stated_minutes

SPOT = Spot("レッスン「一」のブロック1", "/admin/pages/3/edit/", "一", 3)
QUESTION = ActivityMaterial(SPOT, "確認問題", is_checked=True, has_content=True)
TEXT = "窓口で申請を受け付ける手順を説明します。"


def body(html: str) -> tuple[Passage, ...]:
    return (Passage(SPOT, Markup(html), is_body=True),)


LESSON = LessonMaterial(
    SPOT, "一", passages=body(f"<h2>手順</h2><p>{TEXT}</p>"), activities=(QUESTION,)
)
SOUND = CourseMaterial(
    spot=Spot("コース全体", "/admin/pages/2/edit/"),
    language="ja",
    title="窓口の仕事",
    minutes=2,
    minutes_spot=Spot("標準学習時間", "/admin/pages/2/edit/"),
    introduction=(
        Passage(SPOT, Markup("窓口の仕事")),
        Passage(SPOT, Markup("申請を受け付けられるようになります。")),
        Passage(SPOT, Markup("")),
    ),
    lessons=(LESSON,),
    allowed_hosts=frozenset({"lms.example.jp"}),
)


def lesson(**changes: Any) -> CourseMaterial:
    return replace(SOUND, lessons=(replace(LESSON, **changes),))


def activity(**changes: Any) -> CourseMaterial:
    return lesson(activities=(replace(QUESTION, **changes),))


def text(html: str) -> CourseMaterial:
    return lesson(passages=body(html))


def quiz(**changes: Any) -> LessonMaterial:
    """The test-out, with one question about the lesson."""
    question = replace(QUESTION, **{"covers": ("L1",)} | changes)
    return replace(LESSON, key="T", completion="test_out", minutes=2, activities=(question,))


def with_test(*tests: LessonMaterial) -> CourseMaterial:
    return replace(SOUND, minutes=4, lessons=(*tests, replace(LESSON, key="L1")))


Pair = tuple[CourseMaterial, CourseMaterial]
# Code -> a course with the fault, and the nearest one without.
CASES: Mapping[str, Pair] = {
    "course_empty": (replace(SOUND, lessons=()), SOUND),
    "lesson_empty": (lesson(passages=body("<p> </p>"), activities=()), SOUND),
    "block_empty": (lesson(gaps=(SPOT,)), SOUND),
    "activity_empty": (activity(has_content=False), SOUND),
    "activity_unfinished": (activity(missing=("設問: 入力してください。",)), SOUND),
    "award_without_grading": (
        replace(activity(is_checked=False), promises=("データを扱う レベル2",)),
        replace(SOUND, promises=("データを扱う レベル2",)),
    ),
    "lesson_without_activity": (lesson(activities=()), SOUND),
    "rule_never_met": (
        lesson(completion="graded_passed", activities=()),
        lesson(completion="graded_passed"),
    ),
    "minimum_too_long": (
        lesson(completion="minimum_time", minutes=3),
        lesson(completion="minimum_time", minutes=2),
    ),
    "test_out_twice": (with_test(quiz(), quiz()), with_test(quiz())),
    "test_out_grants_nothing": (with_test(quiz(covers=())), with_test(quiz())),
    "test_out_not_gradable": (with_test(quiz(is_graded_by_server=False)), with_test(quiz())),
    "test_out_of_unasked": (
        replace(with_test(quiz()), lessons=(quiz(), replace(LESSON, key="L1", activities=()))),
        with_test(quiz()),
    ),
    "image_without_text": (
        lesson(pictures=(Picture(SPOT, "図1", " "),)),
        lesson(pictures=(Picture(SPOT, "図1", "流れ図"), Picture(SPOT, "飾り", "", True))),
    ),
    "image_text_is_file_name": (
        lesson(pictures=(Picture(SPOT, "図1", "IMG_2041.JPG"),)),
        lesson(pictures=(Picture(SPOT, "図1", "申請の流れ図"),)),
    ),
    "video_without_captions": (
        lesson(films=(Film(SPOT, "説明", False, False),)),
        lesson(films=(Film(SPOT, "説明", True, False), Film(SPOT, "無音", False, True))),
    ),
    "low_contrast": (
        text('<p><span style="color:#ffcc00">注意</span></p>'),
        text('<p><span style="color:#ffcc00;background-color:#000">注意</span></p>'),
    ),
    "heading_skipped": (text("<h2>一</h2><h4>二</h4>"), text("<h2>一</h2><h3>二</h3><h2>三</h2>")),
    "heading_empty": (text(f"<h2> </h2><p>{TEXT}</p>"), text(f"<h2>一</h2><p>{TEXT}</p>")),
    "heading_faked": (text("<p><b>申請の流れ</b></p>"), text("<h2>申請の流れ</h2>")),
    "heading_missing": (text(f"<p>{TEXT * 80}</p>"), text(f"<h2>手順</h2><p>{TEXT * 80}</p>")),
    "h5p_type_inaccessible": (
        activity(types=("H5P.QuestionSet", "H5P.ImageHotspotQuestion")),
        activity(types=("H5P.TrueFalse", "H5P.OurOwn")),
    ),
    "link_leaves_network": (
        text('<p><a href="https://www.digital.go.jp/">デジタル庁</a></p>'),
        text('<p><a href="https://lms.example.jp/x">手引</a></p>'),
    ),
    "link_text_vague": (
        text('<p>詳しくは<a linktype="page" id="3">こちら</a></p>'),
        text('<p><a linktype="page" id="3">申請の手引（こちら）</a></p>'),
    ),
    "title_missing": (activity(title_ja=" "), SOUND),
    "summary_missing": (
        replace(SOUND, introduction=(SOUND.introduction[0], *(Passage(SPOT, Markup("")),) * 2)),
        SOUND,
    ),
    "not_in_japanese": (
        text("<p>Please read this page first.</p>"),
        replace(text("<p>Please read this page first.</p>"), language="en"),
    ),
    "h5p_words_in_english": (
        activity(common=("チェック", "Retry")),
        activity(common=("チェック", "@score / @total点", "1:00")),
    ),
    "machine_dependent": (text("<p>①申請する</p>"), text("<p>(1)申請する</p>")),
    "sentence_long": (text(f"<p>{'あ' * 81}。</p>"), text(f"<p>{'あ' * 79}。</p>")),
    "kanji_run": (text(f"<p>{'漢' * 13}とは</p>"), text(f"<p>{'漢' * 12}とは</p>")),
    "double_negative": (text("<p>できないわけではない。</p>"), text("<p>できます。</p>")),
    "time_missing": (replace(SOUND, minutes=None), SOUND),
    "time_too_short": (text(f"<h2>一</h2><p>{TEXT * 80}</p>"), SOUND),
    "time_too_long": (replace(SOUND, minutes=60), replace(SOUND, minutes=3)),
    "lesson_long": (
        replace(text(f"<h2>一</h2><p>{TEXT * 500}</p>"), minutes=25),
        replace(text(f"<h2>一</h2><p>{TEXT * 80}</p>"), minutes=5),
    ),
}


def codes(course: CourseMaterial) -> set[str]:
    with translation.override("ja"):
        return {finding.code for finding in check_material(course)}


def test_every_rule_has_a_case_and_a_sound_course_breaks_none() -> None:
    assert CASES.keys() == CHECKS.keys()
    assert codes(SOUND) == set()


@pytest.mark.parametrize("code", CASES)
def test_the_rule_finds_the_fault_and_nothing_beside_it(code: str) -> None:
    bad, good = CASES[code]
    assert code in codes(bad)
    assert code not in codes(good)


@pytest.mark.parametrize("code", CASES)
def test_a_finding_says_in_japanese_what_is_wrong_and_where(code: str) -> None:
    with translation.override("ja"):
        found = next(row for row in check_material(CASES[code][0]) if row.code == code)
    assert not found.title.isascii()
    assert found.detail.endswith(("。", "）"))
    assert "%(" not in found.detail
    assert found.url.startswith("/admin/pages/")
    assert found.place


def test_contrast_in_h5p_is_stricter_for_text_than_for_shapes() -> None:
    text_paint = Paint(SPOT, "文字の色", "#888888", "", is_text=True)
    shape = Paint(SPOT, "点の色", "#888888", "#ffffff", is_text=False)
    assert "low_contrast" in codes(activity(paints=(text_paint,)))
    assert "low_contrast" not in codes(activity(paints=(shape,)))


def test_an_address_in_an_activity_that_leaves_the_network_is_found() -> None:
    outside = Address(SPOT, "www.youtube.com", "https://www.youtube.com/watch?v=1")
    assert "link_leaves_network" in codes(activity(addresses=(outside,)))


@pytest.mark.parametrize(
    ("heading", "minutes"),
    [
        ("演習１（40分）", 40),
        ("演習２（５０分）と、明日行うこと", 50),
        ("演習（1時間30分）", 90),
        ("演習（約20分間）", 20),
        ("Exercise 1 (40 minutes)", 40),
        ("10分でできる点検", 0),
        ("演習（窓口）", 0),
        ("演習（）", 0),
        ("令和（2024）", 0),
    ],
)
def test_practice_counts_as_long_as_its_heading_says(heading: str, minutes: int) -> None:
    assert stated_minutes(heading) == minutes


def test_stated_practice_fills_the_planned_time_and_can_exceed_it() -> None:
    course = text(f"<h2>手順</h2><p>{TEXT}</p><h3>演習（50分）</h3><p>様式を選びます。</p>")
    assert "time_too_long" not in codes(replace(course, minutes=60))
    assert "time_too_short" in codes(replace(course, minutes=20))
    assert "lesson_long" not in codes(replace(course, minutes=60))  # practice can wait


def test_a_film_of_unknown_length_may_fill_the_planned_time() -> None:
    film = lesson(films=(Film(SPOT, "説明", True, False),))
    assert "time_too_long" not in codes(replace(film, minutes=60))


def test_an_error_is_what_shuts_somebody_out_or_leaves_nothing() -> None:
    errors = {code for code, check in CHECKS.items() if check.severity == Severity.ERROR}
    assert errors == {
        *("course_empty", "lesson_empty", "block_empty", "activity_empty", "activity_unfinished"),
        *("rule_never_met", "test_out_twice"),
        *("award_without_grading", "image_without_text", "low_contrast", "title_missing"),
    }


def test_what_nobody_confirmed_of_a_type_is_said_so_and_blocks_nothing() -> None:
    with translation.override("ja"):
        findings = check_material(activity(types=("H5P.ImageHotspotQuestion",)))
    (finding,) = [row for row in findings if row.code == "h5p_type_inaccessible"]
    assert "未確認" in finding.detail
    assert finding.severity != Severity.ERROR
