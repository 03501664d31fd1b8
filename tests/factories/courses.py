"""Courses with lessons, H5P activities and the pages that show them."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from courses.exercises.services import create_exercise
from courses.exercises.spec import parse_spec
from courses.models import (
    Activity,
    Course,
    CoursePrerequisite,
    ExerciseContent,
    H5PContent,
    H5PLibrary,
    LearningPath,
    PathStep,
)
from courses.pages.models import CourseIndexPage, CoursePage, LessonPage

_numbers = count(1)

FULL_MARKS = 20


def make_course(
    key: str = "",
    *,
    title: str = "",
    title_en: str = "",
    summary: str = "",
    minutes: int = 30,
    measures: Iterable[str] = (),
    lessons: int = 1,
    activities: int = 1,
    pass_mark: float | None = 0.8,
    is_published: bool = True,
) -> Course:
    """A course of so many lessons (keys L1…), each with so many H5P activities (L1-1…)."""
    number = next(_numbers)
    key = key or f"C{number}"
    course = Course.objects.create(
        key=key,
        title_ja=title or f"講座{key}",
        title_en=title_en,
        summary_ja=summary,
        duration=timedelta(minutes=minutes),
        position=number,
        measures=list(measures),
    )
    for lesson_number in range(1, lessons + 1):
        lesson = make_lesson(course, f"L{lesson_number}", position=lesson_number * 100)
        for part in range(1, activities + 1):
            make_activity(
                lesson,
                f"L{lesson_number}-{part}",
                pass_mark=pass_mark,
                position=lesson_number * 100 + part,
            )
    if is_published:
        publish_course(course)
    return course


def make_lesson(course: Course, key: str, *, title: str = "", position: int = 0) -> Activity:
    return Activity.objects.create(
        course=course,
        key=key,
        kind=Activity.Kind.LESSON,
        title_ja=title or f"レッスン{key}",
        position=position,
    )


def make_activity(
    lesson: Activity,
    key: str,
    *,
    title: str = "",
    pass_mark: float | None = 0.8,
    position: int = 0,
    content: H5PContent | None = None,
) -> Activity:
    """An H5P activity that stands in the lesson; `pass_mark` None = not graded."""
    return Activity.objects.create(
        course=lesson.course,
        lesson=lesson,
        key=key,
        kind=Activity.Kind.H5P,
        title_ja=title or f"確認問題{key}",
        content=content or make_h5p_content(),
        pass_mark=pass_mark,
        position=position,
    )


def make_ruled_course(key: str = "", *, is_published: bool = True) -> Course:
    """A course whose lessons are done in all the ways there are.

    L1 is the test-out: passing L1-1 grants L2 with L2-1, passing L1-2 grants L4. L2 is to be read,
    L3 done with L3-1 and L3-2, and L4 read for two minutes.
    """
    course = make_course(key, lessons=4, activities=2, is_published=False)
    rows = {row.key: row for row in course.activities.all()}
    Activity.objects.filter(pk__in=[rows["L2-2"].pk, rows["L4-2"].pk]).update(pass_mark=None)
    ask(course, "L1", completion="test_out", minutes=3)
    ask(course, "L3", completion="graded_passed")
    ask(course, "L4", completion="minimum_time", minutes=2)
    ask(course, "L1-1", covers=[rows["L2"].pk])
    ask(course, "L1-2", covers=[rows["L4"].pk])
    if is_published:
        publish_course(course)
    return course


def ask(course: Course, key: str, **columns: Any) -> None:
    """As if a lesson or an activity were published with these rules."""
    Activity.objects.filter(course=course, key=key).update(**columns)


def make_h5p_content(*, title: str = "確認問題") -> H5PContent:
    """The rows of an imported multiple choice, without its files: it cannot be played.

    All of its `FULL_MARKS` choices are right, so that an answer can be worth any percentage.
    """
    library, _ = H5PLibrary.objects.get_or_create(
        machine_name="H5P.MultiChoice",
        major=1,
        minor=16,
        defaults={
            "patch": 0,
            "title": "Multiple Choice",
            "runnable": True,
            "digest": "0" * 64,
            "stored_in": "libraries/H5P.MultiChoice-1.16",
            "metadata": {
                "title": "Multiple Choice",
                "machineName": "H5P.MultiChoice",
                "majorVersion": 1,
                "minorVersion": 16,
                "patchVersion": 0,
                "runnable": 1,
            },
        },
    )
    content = H5PContent.objects.create(
        title=title,
        language="ja",
        main_library=library,
        params={
            "question": "<p>?</p>",
            "answers": [{"text": "", "correct": True} for _ in range(FULL_MARKS)],
            "behaviour": {"type": "multi", "singlePoint": False},
        },
        metadata={"title": title, "mainLibrary": "H5P.MultiChoice"},
        digest=f"{next(_numbers):064}",
    )
    content.libraries.add(library)
    return content


def make_document(name: str = "a.pdf", content: bytes = b"%PDF") -> Any:
    """A document with its file; point MEDIA_ROOT at a temporary folder before."""
    return get_document_model().objects.create(
        title=name,
        file=ContentFile(content, name=name),
        file_size=len(content),
        collection=_root_collection(),
    )


def make_image(*, width: int = 640, height: int = 480, title: str = "図") -> Any:
    """An image with its file; point MEDIA_ROOT at a temporary folder before."""
    return get_image_model().objects.create(
        title=title,
        file=get_test_image_file(size=(width, height)),
        collection=_root_collection(),
    )


def _root_collection() -> Collection:
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


def publish_course(
    course: Course,
    *,
    bodies: Mapping[str, Any] | None = None,
    language: str = "ja",
) -> CoursePage:
    """Live pages of the course and of every lesson it has.

    Args:
        bodies: lesson key -> StreamField value; a lesson left out shows a text and its activities.
    """
    # What an editor would look up in the admin is not written for pages nobody edits.
    with disable_reference_index_auto_update():
        return _publish(course, bodies or {}, language)


def _publish(course: Course, bodies: Mapping[str, Any], language: str) -> CoursePage:
    locale, _ = Locale.objects.get_or_create(language_code=language)
    page = CoursePage(
        title=course.title_ja,
        slug=f"{course.key}".lower(),
        course=course,
        summary=course.summary_ja,
        minutes=course.duration // timedelta(minutes=1),
    )
    page.locale = locale
    _index_page(locale).add_child(instance=page)
    for lesson in course.activities.filter(kind=Activity.Kind.LESSON):
        child = LessonPage(title=lesson.title_ja, slug=lesson.key.lower(), lesson=lesson)
        child.locale = locale
        child.body = bodies.get(lesson.key) or _plain_body(lesson)
        page.add_child(instance=child)
    return page


def _plain_body(lesson: Activity) -> list[tuple[str, Any]]:
    return [
        ("rich_text", f"<p>{lesson.title_ja}の本文です。</p>"),
        *((activity.kind, activity) for activity in lesson.parts.all()),
    ]


def _index_page(locale: Locale) -> CourseIndexPage:
    found = CourseIndexPage.objects.filter(locale=locale).first()
    if found is not None:
        return found
    # Tests that flush the database lose the root page that Wagtail's migrations made.
    root = Page.get_first_root_node() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=locale)
    )
    page = CourseIndexPage(title="講座", slug=f"courses-{locale.language_code}", locale=locale)
    root.add_child(instance=page)
    Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": page}
    )
    return page


EXERCISE_COLUMNS = [
    {"name": "番号", "is_required": True},
    {"name": "開催日", "type": "date", "is_required": True},
    {"name": "定員（人）", "type": "integer", "unit": "人"},
]
MESSY_TABLE = "番号,開催日,定員（人）\r\nA1,令和４年10月19日,30人\r\nA2,2022/10/20,20\r\n".encode()
CLEAN_TABLE = "番号,開催日,定員（人）\r\nA1,2022-10-19,30\r\nA2,2022-10-20,20\r\n".encode()


def make_exercise_content(
    *,
    instructions: str = "表を整えてください。",
    rules: Iterable[str] = ("dates", "units", "content"),
) -> ExerciseContent:
    """A table of two rows whose dates and units are wrong, made by the real service."""
    return create_exercise(
        instructions_ja=instructions,
        messy=(MESSY_TABLE, "messy.csv"),
        expected=(CLEAN_TABLE, "expected.csv"),
        spec=parse_spec(
            {
                "columns": EXERCISE_COLUMNS,
                "keys": ["番号"],
                "rules": [{"rule": rule} for rule in rules],
            }
        ),
    )


def make_exercise(
    lesson: Activity,
    key: str = "X1",
    *,
    pass_mark: float | None = 1.0,
    content: ExerciseContent | None = None,
) -> Activity:
    """A published data exercise that stands in the lesson."""
    return Activity.objects.create(
        course=lesson.course,
        lesson=lesson,
        key=key,
        kind=Activity.Kind.EXERCISE,
        title_ja=f"データ演習{key}",
        exercise=content or make_exercise_content(),
        pass_mark=pass_mark,
        position=lesson.position + 90,
    )


def make_path(
    key: str = "",
    courses: Iterable[Course] = (),
    *,
    optional: Iterable[Course] = (),
    title: str = "",
    live: bool = True,
) -> LearningPath:
    """A path of these courses in this order, the optional ones last; shown to learners."""
    number = next(_numbers)
    key = key or f"P{number}"
    path = LearningPath.objects.create(
        key=key, title_ja=title or f"道筋{key}", position=number, live=live
    )
    steps = [*((row, False) for row in courses), *((row, True) for row in optional)]
    for place, (course, is_optional) in enumerate(steps, start=1):
        PathStep.objects.create(path=path, course=course, position=place, is_optional=is_optional)
    return path


def require(course: Course, *before: Course) -> None:
    """The course waits for the others."""
    for other in before:
        CoursePrerequisite.objects.create(course=course, requires=other)


def make_workshop(lesson: Activity, key: str = "W1", *, title: str = "") -> Activity:
    """A published workshop that stands in the lesson; it has no sessions yet."""
    return Activity.objects.create(
        course=lesson.course,
        lesson=lesson,
        key=key,
        kind=Activity.Kind.WORKSHOP,
        title_ja=title or f"ワークショップ{key}",
        position=lesson.position + 95,
    )
