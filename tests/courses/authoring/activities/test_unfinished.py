"""A question written by half is kept as a draft, and stays with its authors."""

import pytest

from courses.authoring.check.course import check_course
from courses.authoring.check.findings import Finding, Severity
from courses.authoring.drafts import course_draft
from courses.authoring.publishing import publish_course
from courses.exceptions import CourseUnfinished
from courses.models import Activity, Course, CourseVersion, H5PLibrary
from courses.pages.models import CoursePage, LessonPage
from tests.courses.authoring.activities.conftest import Save
from tests.courses.authoring.activities.test_editing import editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(course: Course, draft: Activity) -> CoursePage:
    """The draft of the course shows the activity."""
    lesson = LessonPage.objects.get(lesson__course=course)
    lesson.body = [("rich_text", "<p>読んで答えます。</p>"), ("h5p", draft)]
    lesson.save_revision()
    return CoursePage.objects.get(course=course)


def unfinished(page: CoursePage) -> list[Finding]:
    return [row for row in check_course(course_draft(page)) if row.code == "activity_unfinished"]


def test_an_unfinished_activity_stops_the_publication_and_is_named(
    page: CoursePage, draft: Activity, save: Save, true_false: H5PLibrary
) -> None:
    save(draft, title_ja="書きかけの問題", h5p=editor(correct="true"))
    with pytest.raises(CourseUnfinished) as refused:
        publish_course(page=page)
    assert refused.value.params == {"activities": {draft.key: ["設問: 入力してください。"]}}
    assert "書きかけの問題" in refused.value.message
    assert "設問: 入力してください。" in refused.value.message
    draft.refresh_from_db()
    assert not draft.live
    assert not CourseVersion.objects.filter(course=page.course).exists()


def test_the_course_check_names_the_activity_and_what_is_missing_until_it_is_there(
    page: CoursePage, draft: Activity, save: Save, true_false: H5PLibrary
) -> None:
    save(draft, title_ja="書きかけの問題", h5p=editor(correct="true"))
    (finding,) = unfinished(page)
    assert finding.severity == Severity.ERROR
    assert "書きかけの問題" in finding.place
    assert "設問: 入力してください。" in finding.detail
    assert finding.url == f"/admin/snippets/lms_courses/activity/edit/{draft.pk}/"
    save(draft, h5p=editor(question="<p>DXは手段である。</p>", correct="true"))
    assert unfinished(page) == []
    publish_course(page=page)
    draft.refresh_from_db()
    assert draft.live
