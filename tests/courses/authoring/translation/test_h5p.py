"""The texts of an H5P activity: translated, published, and played in the reader's language."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from courses.authoring.drafts import course_draft
from courses.authoring.publishing import publish_course
from courses.authoring.translation.selectors import course_translation, untranslated
from courses.authoring.translation.services import save_translations, start_translation
from courses.catalogue.translations import content_in, instructions_in
from courses.conf import conf
from courses.h5p.services import create_content, install_libraries_from_directory
from courses.models import Activity, ActivityTranslation, Course, H5PContent, TranslatedVersion
from courses.pages.models import CoursePage, LessonPage
from lms.exceptions import InvalidStatement, UnknownContent
from lms.flows import record_statements
from lms.people.models import Employee
from lms.progress.models import ActivityProgress
from lms.records.models import Statement
from tests.factories.courses import make_course, make_exercise, make_h5p_content
from tests.factories.courses import publish_course as make_pages
from tests.factories.learning import answer_statement, make_enrolment
from tests.factories.people import make_employee

pytestmark = pytest.mark.django_db

QUESTION = "<p>窓口の<strong>待ち時間</strong>も成果に数えてよい。</p>"


@pytest.fixture(autouse=True)
def h5p_root(settings: Any, tmp_path: Path) -> None:
    settings.LMS_COURSES_H5P_ROOT = tmp_path / "h5p"


def make_question(question: str = QUESTION, **behaviour: Any) -> H5PContent:
    source = next(s for s in conf.H5P_LIBRARY_SOURCES if (s / "H5P.TrueFalse-1.6").is_dir())
    libraries = install_libraries_from_directory(directory=source)
    library = next(item for item in libraries if item.machine_name == "H5P.TrueFalse")
    return create_content(
        library=library,
        title="確認問題",
        language="ja",
        params={
            "question": question,
            "correct": "true",
            "l10n": {"trueText": "正しい", "falseText": "誤り"},
            "behaviour": {"feedbackOnCorrect": "そのとおりです。", **behaviour},
        },
    )


@pytest.fixture
def course() -> Course:
    """Published in Japanese with one lesson and one real question, and begun in English."""
    content = make_question()
    made = make_course("C1", is_published=False)
    made.activities.filter(kind="h5p").update(content=content)
    publish_course(page=make_pages(made))
    start_translation(course=made, language="en")
    return made


@pytest.fixture
def activity(course: Course) -> Activity:
    return course.activities.get(kind="h5p")


def draft_activity(activity: Activity, **changes: Any) -> None:
    row = Activity.objects.get(pk=activity.pk)
    for field, value in changes.items():
        setattr(row, field, value)
    row.save_revision()


def publish(course: Course, language: str) -> None:
    publish_course(page=CoursePage.objects.get(course=course, locale__language_code=language))


def save(course: Course, texts: dict[str, str]) -> Any:
    rows = {row.source: row.id for row in course_translation(course, "en").rows}
    sent = {rows[source]: text for source, text in texts.items()}
    return save_translations(course=course, language="en", texts=sent)


def translate_question(course: Course) -> H5PContent:
    texts = {
        "窓口の<strong>待ち時間</strong>も成果に数えてよい。": (
            "The <strong>waiting time</strong> counts too."
        ),
        "そのとおりです。": "That is right.",
        "確認問題L1-1": "Question 1",
    }
    assert save(course, texts).refused == {}
    content = ActivityTranslation.objects.get().content
    assert content is not None
    return content


def test_the_authors_words_are_listed_and_not_those_of_the_type(course: Course) -> None:
    activity = course_translation(course, "en").subjects[-1]
    assert [row.source for row in activity.rows] == [
        "確認問題L1-1",
        "窓口の<strong>待ち時間</strong>も成果に数えてよい。",
        "そのとおりです。",
    ]


def test_the_translated_content_has_the_same_answer_and_english_buttons(
    course: Course, activity: Activity
) -> None:
    content = translate_question(course)
    assert content.params["question"] == "<p>The <strong>waiting time</strong> counts too.</p>"
    assert content.params["correct"] == "true"
    assert content.params["behaviour"]["feedbackOnCorrect"] == "That is right."
    assert content.params["l10n"]["checkAnswer"] == "Check"
    assert content.params["l10n"]["trueText"] == "True"
    assert (content.language, content.title) == ("en", "Question 1")
    activity.refresh_from_db()
    assert activity.content != content
    assert activity.title_en == ""
    left = [row.source for row in untranslated(course, "en")]
    assert left == ["講座C1", "レッスンL1", "レッスンL1の本文です。"]


def test_saving_half_keeps_the_rest_in_japanese(course: Course) -> None:
    save(course, {"そのとおりです。": "That is right."})
    content = ActivityTranslation.objects.get().content
    assert content is not None
    assert content.params["question"] == QUESTION
    rows = {row.source: row for row in course_translation(course, "en").subjects[-1].rows}
    assert rows["そのとおりです。"].target == "That is right."
    assert rows["窓口の<strong>待ち時間</strong>も成果に数えてよい。"].state == "untranslated"


def test_what_nobody_translated_of_a_question_stays_untranslated_when_it_changes(
    course: Course, activity: Activity
) -> None:
    save(course, {"そのとおりです。": "That is right."})
    for question in ("一つ目。", "二つ目。"):
        draft_activity(activity, content=make_question(f"<p>{question}</p>"))
        save(course, {"レッスンL1": f"Lesson before {question}"})
        rows = {row.source: row for row in course_translation(course, "en").rows}
        assert rows[question].state == "untranslated"
        assert rows["そのとおりです。"].state == "translated"


def test_readers_of_english_play_it_once_it_is_published(
    course: Course, activity: Activity
) -> None:
    content = translate_question(course)
    assert content_in(activity, "en") == activity.content
    publish(course, "en")
    activity.refresh_from_db()
    assert content_in(activity, "en") == content
    assert content_in(activity, "ja") == activity.content
    with translation.override("en"):
        assert activity.title == "Question 1"
    version = TranslatedVersion.objects.get()
    assert (version.version.number, version.number) == (1, 1)
    publish(course, "en")
    assert TranslatedVersion.objects.count() == 1
    # The Japanese course is published later with a revision that does not know of the title.
    draft_activity(activity, pass_mark=0.5, title_en="")
    publish(course, "ja")
    activity.refresh_from_db()
    assert activity.title_en == "Question 1"


def test_publishing_the_translation_publishes_no_draft_of_the_activity(
    course: Course, activity: Activity
) -> None:
    before = activity.content
    draft_activity(activity, content=make_question("<p>まだ審査中。</p>"), pass_mark=0.1)
    publish(course, "en")
    activity.refresh_from_db()
    assert (activity.content, activity.pass_mark) == (before, 0.8)


def test_the_drafted_translation_is_what_its_reviewers_get(
    course: Course, activity: Activity
) -> None:
    draft_activity(activity, content=make_question("<p>まだ審査中。</p>"))
    page = CoursePage.objects.get(course=course, locale__language_code="en")
    (drafted,) = course_draft(page).activities
    assert drafted.content == activity.content
    Activity.objects.get(pk=activity.pk).latest_revision.delete()
    english = translate_question(course)
    (drafted,) = course_draft(page).activities
    assert (drafted.content, drafted.title_en) == (english, "Question 1")


def test_a_translation_of_what_is_not_published_waits(course: Course, activity: Activity) -> None:
    draft_activity(activity, content=make_question("<p>二つ目。</p>"))
    save(course, {"二つ目。": "The second."})
    publish(course, "en")
    assert not TranslatedVersion.objects.exists()
    publish(course, "ja")
    publish(course, "en")
    activity.refresh_from_db()
    assert content_in(activity, "en").params["question"] == "<p>The second.</p>"  # type: ignore[union-attr]


@pytest.mark.parametrize("earlier_count", [True, False])
def test_after_a_new_version_the_old_translation_serves_only_if_it_still_counts(
    course: Course, activity: Activity, earlier_count: bool
) -> None:
    english = translate_question(course)
    publish(course, "en")
    draft_activity(activity, content=make_question("<p>二つ目。</p>"), earlier_count=earlier_count)
    publish(course, "ja")
    activity.refresh_from_db()
    assert (content_in(activity, "en") == english) is earlier_count
    rows = {row.source: row for row in course_translation(course, "en").rows}
    assert rows["二つ目。"].state == "outdated"
    assert rows["そのとおりです。"].state == "translated"


def test_the_task_of_a_data_exercise_is_translated_too(course: Course) -> None:
    lesson = course.activities.get(kind="lesson")
    exercise = make_exercise(lesson, "X1")
    page = LessonPage.objects.get(lesson=lesson, locale__language_code="ja")
    page.body = [*((block.block_type, block.value) for block in page.body), ("exercise", exercise)]
    page.save_revision()
    publish(course, "ja")
    save(course, {"表を整えてください。": "Tidy the table.", "データ演習X1": "Exercise 1"})
    exercise.refresh_from_db()
    assert instructions_in(exercise, "en") == "表を整えてください。"
    publish(course, "en")
    exercise.refresh_from_db()
    assert instructions_in(exercise, "en") == "Tidy the table."
    assert instructions_in(exercise, "ja") == "表を整えてください。"
    assert exercise.title_en == "Exercise 1"


# --- what statements are about --------------------------------------------------------------


@pytest.fixture
def learner(course: Course) -> Employee:
    person = make_employee()
    make_enrolment(person, course)
    return person


def answer(activity: Activity, learner: Employee, content: Any) -> None:
    said = answer_statement(activity)
    said["context"] = {"extensions": {"urn:x-lms:content": str(content)}}
    said["result"]["response"] = "true"
    record_statements(employee=learner, statements=said)


def is_done(learner: Employee) -> bool:
    return ActivityProgress.objects.get(employee=learner).done_at is not None


def test_an_english_answer_counts_like_a_japanese_one(
    course: Course, activity: Activity, learner: Employee
) -> None:
    english = translate_question(course)
    publish(course, "en")
    answer(activity, learner, english.uuid)
    assert Statement.objects.get().content == english
    assert is_done(learner)
    # Completions of version 1 are void, in whichever language they were made.
    draft_activity(activity, content=make_question("<p>二つ目。</p>"), earlier_count=False)
    publish(course, "ja")
    activity.refresh_from_db()
    assert english.pk in activity.refused_contents
    assert not is_done(learner)


def test_an_answer_on_a_version_that_is_void_by_now_does_not_count(
    course: Course, activity: Activity, learner: Employee
) -> None:
    old = activity.content
    assert old is not None
    draft_activity(activity, content=make_question("<p>二つ目。</p>"), earlier_count=False)
    publish(course, "ja")
    answer(activity, learner, old.uuid)
    assert Statement.objects.get().content == old
    assert not is_done(learner)
    activity.refresh_from_db()
    answer(activity, learner, activity.content.uuid)  # type: ignore[union-attr]
    assert is_done(learner)


def test_content_that_the_activity_never_had_is_refused(
    course: Course, activity: Activity, learner: Employee
) -> None:
    draft = translate_question(course)
    for content in (draft.uuid, make_h5p_content().uuid):
        with pytest.raises(UnknownContent):
            answer(activity, learner, content)
    with pytest.raises(InvalidStatement) as caught:
        answer(activity, learner, "v1")
    assert caught.value.place == "context.extensions.urn:x-lms:content"
    assert not Statement.objects.exists()


def test_an_old_version_costs_one_query_more_for_the_whole_batch(
    course: Course, activity: Activity, learner: Employee, django_assert_max_num_queries: Any
) -> None:
    old = activity.content
    draft_activity(activity, content=make_question("<p>二つ目。</p>"))
    publish(course, "ja")
    said = [answer_statement(activity) for _ in range(10)]
    for item in said:
        item["context"] = {"extensions": {"urn:x-lms:content": str(old.uuid)}}  # type: ignore[union-attr]
    with django_assert_max_num_queries(14):
        record_statements(employee=learner, statements=said)
