"""Loading the starter courses: TOML files to catalogue rows, activities and published pages.

What exists is left alone, so that an author's edits survive a second run.
"""

import tomllib
from collections.abc import Callable
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Site

from courses.authoring.publishing import publish_course
from courses.catalogue.models import Activity, Course
from courses.exercises.models import ExerciseContent
from courses.exercises.services import create_exercise, read_spec
from courses.exercises.texts import RULES
from courses.h5p.models import H5PContent, H5PLibrary
from courses.h5p.services import create_content, install_libraries_from_directory
from courses.pages.models import CourseIndexPage, CoursePage, CourseSectionPage, LessonPage

# Parts of the course tree, each written by a team of its own.
SECTIONS = {
    "service": ("業務改革・住民サービス", "reform-and-services"),
    "data": ("データ・AI・セキュリティ", "data-ai-security"),
}
CONTENT_DIR = Path(__file__).parent / "content"
QUESTION_TYPE = "H5P.TrueFalse"

Say = Callable[[str], None]


def load_courses(*, say: Say, library_sources: list[Path]) -> list[Course]:
    """Install the official content type and publish every starter course.

    Args:
        say: told one line of progress at a time.
        library_sources: folders that hold H5P library folders.
    """
    for directory in library_sources:
        install_libraries_from_directory(directory=directory)
    library = H5PLibrary.objects.filter(machine_name=QUESTION_TYPE).latest("major", "minor")
    files = sorted(CONTENT_DIR.glob("*.toml"))
    courses = []
    for n, path in enumerate(files, start=1):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        course = Course.objects.filter(key=data["key"]).first()
        if course is None:
            say(f"[{n}/{len(files)}] {data['key']} {data['title_ja']}")
            with transaction.atomic():
                course = load_course(data, library=library)
        courses.append(course)
    return courses


def course_index() -> CourseIndexPage:
    """The page all course pages hang under, made below the site's root if there is none."""
    index: CourseIndexPage | None = CourseIndexPage.objects.first()
    if index is None:
        index = CourseIndexPage(title="研修コース", slug="courses", locale=Locale.get_default())
        Site.objects.get(is_default_site=True).root_page.add_child(instance=index)
    return index


def course_section(key: str) -> CourseSectionPage:
    """The section page of that key of `SECTIONS`, made below the index if there is none."""
    title, slug = SECTIONS[key]
    return section_page(title, slug=slug)


def section_page(title: str, *, slug: str = "") -> CourseSectionPage:
    """The section of that title, made below the index if there is none."""
    index = course_index()
    section: CourseSectionPage | None = (
        CourseSectionPage.objects.child_of(index).filter(title=title).first()
    )
    if section is None:
        section = CourseSectionPage(title=title, slug=slug, locale=index.locale)
        index.add_child(instance=section)
    return section


def load_course(data: dict[str, Any], *, library: H5PLibrary) -> Course:
    """One course of the starter content, from its parsed TOML (see content/C101.toml)."""
    course = Course.objects.create(
        key=data["key"],
        title_ja=data["title_ja"],
        title_en=data["title_en"],
        summary_ja=data["summary_ja"],
        summary_en=data["summary_en"],
        duration=timedelta(minutes=data["minutes"]),
        position=data["position"],
        measures=data["measures"],
    )
    section = course_section(data["section"])
    page = section.add_child(
        instance=CoursePage(
            title=course.title_ja,
            slug=course.key.lower(),
            course=course,
            summary=course.summary_ja,
            minutes=data["minutes"],
            measures=", ".join(course.measures),
            introduction=f"<p>{escape(course.summary_ja)}</p>",
            locale=section.locale,
        )
    )
    test = [data["test_out"]] if "test_out" in data else []
    for n, lesson_data in enumerate([*test, *data["lessons"]], start=1):
        _load_lesson(lesson_data, n * 100, course=course, page=page, library=library)
    _cover(course, [item for lesson in test for item in lesson["activities"]])
    publish_course(page=page)
    return course


def _cover(course: Course, questions: list[dict[str, Any]]) -> None:
    """Say which lessons the questions of the test-out are about; they are named by their keys."""
    rows = {row.key: row for row in Activity.objects.filter(course=course)}
    for item in questions:
        rows[item["key"]].covers = sorted(rows[key].pk for key in item["covers"])
        rows[item["key"]].save(update_fields=["covers"])


def _load_lesson(
    data: dict[str, Any], position: int, *, course: Course, page: CoursePage, library: H5PLibrary
) -> None:
    lesson = Activity.objects.create(
        course=course,
        key=data["key"],
        kind=Activity.Kind.LESSON,
        title_ja=data["title_ja"],
        title_en=data["title_en"],
        completion=data.get("completion", Activity.Completion.VIEWED),
        minutes=data.get("minutes"),
        position=position,
    )
    activities = (
        {
            item["key"]: Activity.objects.create(
                course=course,
                key=item["key"],
                kind=Activity.Kind.H5P,
                title_ja=item["title_ja"],
                title_en=item["title_en"],
                lesson=lesson,
                content=true_false(item, library),
                pass_mark=item["pass_mark"],
                position=position + n,
            )
            for n, item in enumerate(data["activities"], start=1)
        }
        | {
            item["key"]: Activity.objects.create(
                course=course,
                key=item["key"],
                kind=Activity.Kind.EXERCISE,
                title_ja=item["title_ja"],
                title_en=item["title_en"],
                lesson=lesson,
                exercise=data_exercise(item),
                pass_mark=item["pass_mark"],
                position=position + len(data["activities"]) + n,
            )
            for n, item in enumerate(data.get("exercises", ()), start=1)
        }
        | {
            item["key"]: Activity.objects.create(
                course=course,
                key=item["key"],
                kind=Activity.Kind.WORKSHOP,
                title_ja=item["title_ja"],
                title_en=item["title_en"],
                lesson=lesson,
            )
            for item in data.get("workshops", ())
        }
    )
    page.add_child(
        instance=LessonPage(
            title=lesson.title_ja,
            slug=lesson.key,
            lesson=lesson,
            locale=page.locale,
            body=[_block(block, activities) for block in data["blocks"]],
        )
    )


def true_false(item: dict[str, Any], library: H5PLibrary) -> H5PContent:
    """A true/false question in Japanese, made from the installed official content type."""
    return create_content(
        library=library,
        title=item["title_ja"],
        language="ja",
        params={
            "question": f"<p>{escape(item['question_ja'])}</p>",
            "correct": "true" if item["correct"] else "false",
            # Upstream's Japanese says ○ and ×, which a screen reader may pass over.
            "l10n": {"trueText": "正しい", "falseText": "誤り"},
            "behaviour": {
                "feedbackOnCorrect": item["feedback_correct_ja"],
                "feedbackOnWrong": item["feedback_wrong_ja"],
            },
        },
        files={},
    )


def data_exercise(item: dict[str, Any]) -> ExerciseContent:
    """A data exercise; its rules have the weights that authors are offered."""
    folder = Path(__file__).parent / "content"
    return create_exercise(
        instructions_ja=item["instructions_ja"].strip(),
        instructions_en=item["instructions_en"].strip(),
        messy=((folder / item["messy"]).read_bytes(), item["messy_name"]),
        expected=((folder / item["expected"]).read_bytes(), item["expected"]),
        spec=read_spec(
            {
                "columns": item["columns"],
                "keys": item["keys"],
                "rules": [
                    {
                        "rule": rule,
                        "weight": RULES[rule].weight,
                        "is_critical": RULES[rule].is_critical,
                    }
                    for rule in item["rules"]
                ],
            }
        ),
    )


def _block(block: dict[str, Any], activities: dict[str, Activity]) -> tuple[str, Any]:
    if block["type"] == "rich_text":
        return "rich_text", block["html"]
    if block["type"] == "callout":
        return "callout", {"tone": block["tone"], "title": block["title"], "text": block["html"]}
    return block["type"], activities[block["activity"]]
