"""One course as its learner sees it: where they stand, and everything the lessons hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils import translation

from api.v1.courses.blocks import lesson_blocks
from courses.catalogue.selectors import activities_in, live_lesson_pages, module_titles
from courses.h5p.selectors import player_url
from courses.models import Activity, Course, H5PContent
from lms.enrolment.models import Enrolment
from lms.enrolment.paths.selectors import Place, paths_of, places_of
from lms.enrolment.selectors import LearningItem, courses_open_to, learning_of
from lms.exceptions import CourseNotAvailable
from lms.people.models import Employee
from lms.progress.models import ActivityProgress
from lms.progress.selectors import counts_again_at, time_left
from skills_matrix.competencies.models import Award


@dataclass(frozen=True)
class ActivityRow:
    """An H5P activity or a data exercise; `progress` None = never opened."""

    activity: Activity
    progress: ActivityProgress | None

    @property
    def is_done(self) -> bool:
        return self.progress is not None and self.progress.done_at is not None

    @property
    def is_granted(self) -> bool:
        """A question of the test-out grants: it is not granted itself."""
        return self.progress is not None and self.progress.is_granted and not grants(self.activity)

    @property
    def counts_again_at(self) -> datetime | None:
        return counts_again_at(self.progress)


@dataclass(frozen=True)
class LessonRow(ActivityRow):
    """`module`: title of the part of the course the lesson stands in; empty = in none."""

    module: str
    blocks: list[dict[str, Any]]
    activities: list[ActivityRow]

    @property
    def seconds_left(self) -> int | None:
        left = time_left(self.activity, self.progress)
        return None if left is None else ceil(left.total_seconds())


@dataclass(frozen=True)
class TestOut:
    """The course's test-out. `lessons` are those that it may grant, in course order.

    Of its questions only those are counted that grant something; `tried` = how many of them were.
    """

    test: LessonRow
    lessons: list[LessonRow]
    questions: int
    tried: int


@dataclass(frozen=True)
class CourseDetail:
    """`awards` are those in force on the day; lessons without a live page are left out.

    `paths` are those of its reader that the course is part of.
    """

    item: LearningItem
    awards: list[Award]
    lessons: list[LessonRow]
    paths: Sequence[Place] = ()

    @property
    def test_out(self) -> TestOut | None:
        """None = the course has none, or it grants nothing."""
        for row in self.lessons:
            if row.activity.completion == Activity.Completion.TEST_OUT:
                asked = [item for item in row.activities if grants(item.activity)]
                covered = {pk for item in asked for pk in item.activity.covers}
                lessons = [other for other in self.lessons if other.activity.pk in covered]
                tried = [item for item in asked if item.progress and item.progress.counted_at]
                return TestOut(row, lessons, len(asked), len(tried)) if lessons else None
        return None


def grants(question: Activity) -> bool:
    return question.pass_mark is not None and bool(question.covers)


def course_of(employee: Employee, key: str, on: date) -> Course:
    """The course, if it is this person's.

    Raises:
        CourseNotAvailable: it is not, or does not exist; it does not say which.
    """
    course = courses_open_to(employee, on).filter(key=key).first()
    if course is None:
        raise CourseNotAvailable("No such course.")
    return course


def enrolment_in(employee: Employee, course: Course) -> Enrolment | None:
    return Enrolment.objects.filter(employee=employee, course=course).first()


def course_detail(employee: Employee, key: str, on: date) -> CourseDetail:
    """The course with lessons and progress. The number of queries does not grow with lessons.

    Raises:
        CourseNotAvailable: it is not this person's, or does not exist.
    """
    items = learning_of(employee, on)
    item = next((row for row in items if row.course.key == key), None)
    if item is None:
        raise CourseNotAvailable("No such course.")
    pages = live_lesson_pages([item.course])
    blocks = lesson_blocks(pages)
    modules = module_titles(pages)
    activities = list(activities_in([item.course]))
    progress = {
        row.activity_id: row
        for row in ActivityProgress.objects.filter(employee=employee, activity__course=item.course)
    }
    return CourseDetail(
        item=item,
        awards=awards_of(item.course, on),
        lessons=[
            LessonRow(
                activity=page.lesson,
                progress=progress.get(page.lesson_id),
                module=modules.get(page.pk, ""),
                blocks=blocks[page.pk],
                activities=[
                    ActivityRow(activity, progress.get(activity.pk))
                    for activity in activities
                    if activity.lesson_id == page.lesson_id
                ],
            )
            for page in pages
        ],
        paths=places_of(item.course, paths_of(employee, on, items=items)),
    )


def awards_of(course: Course, on: date) -> list[Award]:
    """Awards of the course in force on the day, the highest level of a competency first."""
    rows = Award.objects.filter(
        Q(effective_until__isnull=True) | Q(effective_until__gt=on),
        course=course,
        effective_from__lte=on,
    )
    return list(rows.select_related("competency").order_by("competency__position", "-level"))


def player_place(activity: Activity, content: H5PContent) -> dict[str, Any]:
    """Where a content of the activity is played; see the output `PlayerPlace`."""
    address = player_url(content=content)
    origin = urlsplit(address)
    return {
        "player_url": address,
        "content_origin": f"{origin.scheme}://{origin.netloc}",
        "iri": activity.iri,
        "content": str(content.uuid),
        "title": activity.title,
        "language": translation.get_language(),
    }
