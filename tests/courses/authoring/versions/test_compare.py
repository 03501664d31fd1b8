"""Two versions side by side, and going back to one."""

from typing import Any

import pytest

from courses.authoring.publishing import publish_course
from courses.authoring.versions.compare import compare_activities, compare_pages
from courses.authoring.versions.services import restore_version
from courses.authoring.versions.state import draft_state, summary, version_state
from courses.catalogue.services import create_activity
from courses.exceptions import CourseLocked
from courses.models import Activity, Course, CourseVersion, H5PContent
from courses.pages.models import CoursePage, LessonPage, ModulePage
from tests.factories.courses import (
    make_course,
    make_exercise,
    make_exercise_content,
    make_h5p_content,
)
from tests.factories.courses import publish_course as make_pages
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    """Version 1: L1 with L1-1, L2 with L2-1, L3."""
    made = make_course("C1", lessons=3, is_published=False)
    publish_course(page=make_pages(made))
    return made


@pytest.fixture
def page(course: Course) -> CoursePage:
    return CoursePage.objects.get(course=course)


def lesson(key: str) -> Any:
    return LessonPage.objects.get(lesson__key=key).get_latest_revision_as_object()


def draft(row: Any, **changes: Any) -> None:
    for field, value in changes.items():
        setattr(row, field, value)
    row.save_revision()


def republish(page: CoursePage) -> CourseVersion:
    return publish_course(page=CoursePage.objects.get(pk=page.pk))


def changes_of(before: Any, after: Any) -> dict[str, str]:
    """Title -> change, without what is the same."""
    return {
        item.there.title: item.change
        for item in (*compare_pages(before, after), *compare_activities(before, after))
        if item.change != "same"
    }


def test_what_was_added_changed_moved_and_removed(course: Course, page: CoursePage) -> None:
    first = CourseVersion.objects.get()
    assert changes_of(version_state(first), draft_state(page)) == {}
    draft(lesson("L1"), body=[("rich_text", "<p>短くした。</p>")])
    draft(
        course.activities.get(key="L2-1"),
        content=make_h5p_content(),
        pass_mark=0.5,
        earlier_count=False,
    )
    LessonPage.objects.get(lesson__key="L3").move(page, pos="first-child")
    new = create_activity(course=course, kind="lesson", title="新しい", language="ja")
    CoursePage.objects.get(pk=page.pk).add_child(
        instance=LessonPage(title="新しい", slug="new", lesson=new, live=False)
    )
    second = republish(page)
    assert changes_of(version_state(first), version_state(second)) == {
        "レッスンL3": "moved",
        "レッスンL1": "changed",
        "新しい": "added",
        "確認問題L2-1": "changed",
        "確認問題L1-1": "removed",
    }
    found = summary(second, first)
    assert (found.pages_added, found.pages_removed, found.pages_changed) == (1, 0, 1)
    assert (found.activities_removed, found.activities_changed) == (1, 1)
    (activity,) = [
        item
        for item in compare_activities(version_state(first), version_state(second))
        if item.change == "changed"
    ]
    assert activity.before is not None
    assert activity.after is not None
    assert (activity.before.pass_mark, activity.after.pass_mark) == (0.8, 0.5)
    assert not activity.after.counts_earlier


def test_a_lesson_in_another_module_has_moved(course: Course, page: CoursePage) -> None:
    first = CourseVersion.objects.get()
    module = page.add_child(instance=ModulePage(title="応用", slug="m", live=False))
    LessonPage.objects.get(lesson__key="L3").move(module, pos="last-child")
    changes = changes_of(version_state(first), version_state(republish(page)))
    assert changes == {"応用": "added", "レッスンL3": "moved"}


def test_a_field_shows_what_is_gone_and_what_is_new(course: Course, page: CoursePage) -> None:
    draft(lesson("L1"), title="レッスン壱")
    pages = compare_pages(version_state(CourseVersion.objects.get()), draft_state(page))
    (changed,) = [item for item in pages if item.change == "changed"]
    (field,) = changed.fields
    assert 'class="deletion"' in field.html
    assert 'class="addition"' in field.html


def test_values_of_an_activity_are_named_by_its_form(
    course: Course, page: CoursePage, settings: Any, tmp_path: Any
) -> None:
    settings.LMS_COURSES_H5P_ROOT = tmp_path
    row = course.activities.get(key="L1-1")
    H5PContent.objects.filter(pk=row.content_id).update(
        params={"question": "<p>?</p>", "correct": "true"}
    )
    changed = H5PContent.objects.get(pk=make_h5p_content().pk)
    changed.params = {"question": "<p>新しい問い</p>", "correct": "false"}
    changed.save()
    draft(row, content=changed)
    activities = compare_activities(version_state(CourseVersion.objects.get()), draft_state(page))
    values = {value.label: (value.before, value.after) for value in activities[0].values}
    assert values == {"question": ("?", "新しい問い"), "correct": ("true", "false")}


def test_a_data_exercise_is_compared_by_task_and_rules(course: Course, page: CoursePage) -> None:
    exercise = make_exercise(course.activities.get(key="L1"), "X1")
    draft(lesson("L1"), body=[("exercise", exercise)])
    before = republish(page)
    other = make_exercise_content(instructions="直してください。", rules=("dates", "content"))
    draft(Activity.objects.get(pk=exercise.pk), exercise=other)
    activities = compare_activities(version_state(before), draft_state(page))
    values = {value.label: value for value in activities[0].values}
    task, rule = values.values()
    assert (task.before, task.after) == ("表を整えてください。", "直してください。")
    assert rule.after is None
    restore_version(page=page, version=before)
    activities = compare_activities(version_state(before), draft_state(page))
    assert [item.change for item in activities] == ["same", "same", "same"]


def test_an_earlier_version_becomes_the_draft_and_learners_keep_what_they_have(
    course: Course, page: CoursePage
) -> None:
    first = CourseVersion.objects.get()
    row = course.activities.get(key="L1-1")
    old = row.content
    draft(lesson("L1"), title="新しい題")
    draft(row, content=make_h5p_content(), title_ja="新しい問題")
    draft(page, title="新しい講座")
    republish(page)

    found = restore_version(page=page, version=first)

    assert (found.pages, found.activities) == (["講座C1", "レッスンL1"], ["確認問題L1-1"])
    assert LessonPage.objects.get(lesson__key="L1").title == "新しい題"
    assert Activity.objects.get(pk=row.pk).title_ja == "新しい問題"
    page = CoursePage.objects.get(pk=page.pk)
    assert changes_of(version_state(first), draft_state(page)) == {}
    republish(page)
    row = Activity.objects.get(pk=row.pk)
    assert (row.content, row.title_ja) == (old, "確認問題L1-1")
    assert LessonPage.objects.get(lesson__key="L1").title == "レッスンL1"


def test_what_was_deleted_since_is_said_and_what_is_new_stays(
    course: Course, page: CoursePage
) -> None:
    first = CourseVersion.objects.get()
    LessonPage.objects.get(lesson__key="L2").delete()
    new = create_activity(course=course, kind="lesson", title="新しい", language="ja")
    CoursePage.objects.get(pk=page.pk).add_child(
        instance=LessonPage(title="新しい", slug="new", lesson=new, live=False)
    )
    found = restore_version(page=page, version=first)
    assert [(item.title, item.missing) for item in found.gone] == [("レッスンL2", "deleted")]
    assert [item.title for item in found.added] == ["新しい"]
    assert found.pages == []
    pages = compare_pages(version_state(first), draft_state(CoursePage.objects.get(pk=page.pk)))
    assert {item.there.title: item.change for item in pages}["レッスンL2"] == "removed"


@pytest.mark.parametrize("part", ["page", "lesson", "activity"])
def test_nothing_is_restored_into_what_is_locked(
    course: Course, page: CoursePage, part: str
) -> None:
    first = CourseVersion.objects.get()
    draft(lesson("L1"), title="新しい題")
    rows = {
        "page": CoursePage.objects.get(),
        "lesson": LessonPage.objects.get(lesson__key="L2"),
        "activity": course.activities.get(key="L2-1"),
    }
    rows[part].locked, rows[part].locked_by = True, make_user("somebody")
    rows[part].save()
    with pytest.raises(CourseLocked):
        restore_version(page=page, version=first, by=make_user("author"))
    assert lesson("L1").title == "新しい題"
