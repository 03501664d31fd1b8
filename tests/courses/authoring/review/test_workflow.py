"""Who may do what to a course on its way from draft to publication, by the admin's addresses."""

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState

from courses.authoring.review.hooks import WAGTAILS_SUBMIT
from courses.authoring.review.services import set_up_review, submit_for_review
from courses.exceptions import CourseNotReady
from courses.models import CourseReviewTask, CourseVersion
from courses.pages.models import CourseIndexPage, LessonPage, ModulePage
from tests.factories import make_audience_rule, make_tier
from tests.factories.reviews import Desk

EDIT = "wagtailadmin_pages:edit"


def submit(desk: Desk, role: str, note: str = "") -> Any:
    return desk.client(role).post(
        reverse("lms_courses_review:submit", args=[desk.page.pk]), {"note": note}
    )


def act(desk: Desk, role: str, action: str, comment: str = "") -> Any:
    """Use Wagtail's own address for a step of a workflow."""
    state = desk.fresh().current_workflow_task_state
    return desk.client(role).post(
        reverse(
            "wagtailadmin_pages:workflow_action",
            args=[desk.page.pk, action, state.pk if state else 0],
        ),
        {"comment": comment},
    )


def status(desk: Desk) -> str | None:
    state = WorkflowState.objects.for_instance(desk.page).order_by("created_at").last()
    return state and state.status


def versions(desk: Desk) -> int:
    return CourseVersion.objects.filter(course=desk.page.course).count()


def make_mandatory(desk: Desk, *, for_tier: bool = True) -> None:
    tier = make_tier() if for_tier else None
    make_audience_rule(desk.page.course, tier=tier, is_mandatory=True)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("author", True),
        ("colleague", True),
        ("admin", True),
        ("reviewer", False),
        ("stranger", False),
    ],
)
def test_those_who_edit_the_course_submit_it(desk: Desk, role: str, allowed: bool) -> None:
    desk.edit_lesson("author")
    response = submit(desk, role)
    assert (status(desk) == "in_progress") is allowed
    assert response.status_code == 302
    assert desk.fresh().workflow_in_progress is allowed


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("reviewer", True),
        ("reviewer2", True),
        ("admin", True),
        ("author", False),
        ("colleague", False),
        ("stranger", False),
    ],
)
def test_a_reviewer_approves_somebody_elses_work_and_it_is_published_as_a_whole(
    desk: Desk, role: str, allowed: bool
) -> None:
    desk.edit_lesson("author")
    submit(desk, "author", "例を新しくした")
    act(desk, role, "approve")
    lesson = LessonPage.objects.get(pk=desk.lesson.pk)
    assert ("新しい本文" in str(lesson.body)) is allowed
    assert status(desk) == ("approved" if allowed else "in_progress")
    assert versions(desk) == (2 if allowed else 1)
    if allowed:
        newest = CourseVersion.objects.filter(course=desk.page.course).last()
        assert newest is not None
        assert (newest.note, newest.published_by) == ("例を新しくした", desk.people[role])
        assert not desk.fresh().has_unpublished_changes


def edits_a_lesson(desk: Desk, role: str) -> None:
    desk.edit_lesson(role)


def edits_an_activity(desk: Desk, role: str) -> None:
    activity = desk.page.course.activities.get(key="L1-1")
    activity.title_ja = "新しい問題"
    activity.save_revision(user=desk.people[role])


def submits(desk: Desk, role: str) -> None:
    submit_for_review(page=desk.fresh(), by=desk.people[role])


@pytest.mark.parametrize("role", ["reviewer", "admin"])
@pytest.mark.parametrize("work", [edits_a_lesson, edits_an_activity, submits])
def test_nobody_approves_a_draft_they_worked_on_or_submitted(
    desk: Desk, role: str, work: Any
) -> None:
    work(desk, role)
    if status(desk) is None:
        submit(desk, "author")
    act(desk, role, "approve")
    assert status(desk) == "in_progress"
    act(desk, "reviewer2", "approve")
    assert status(desk) == "approved"


def test_work_that_was_published_before_is_no_obstacle(desk: Desk) -> None:
    desk.edit_lesson("reviewer", "前の版")
    submit(desk, "author")
    act(desk, "reviewer2", "approve")
    desk.edit_lesson("author", "次の版")
    submit(desk, "author")
    act(desk, "reviewer", "approve")
    assert versions(desk) == 3


def test_a_comment_in_the_editor_is_not_work_on_the_draft(desk: Desk) -> None:
    """Wagtail saves a revision when somebody comments."""
    desk.edit_lesson("author")
    submit(desk, "author")
    desk.fresh().get_latest_revision_as_object().save_revision(user=desk.people["reviewer"])
    act(desk, "reviewer", "approve")
    assert status(desk) == "approved"


def test_a_course_mandatory_for_a_tier_needs_two_persons(desk: Desk) -> None:
    make_mandatory(desk)
    desk.edit_lesson("author")
    submit(desk, "author")
    act(desk, "reviewer", "approve")
    assert (status(desk), versions(desk)) == ("in_progress", 1)
    act(desk, "reviewer", "approve")  # the same person twice
    assert (status(desk), versions(desk)) == ("in_progress", 1)
    act(desk, "reviewer2", "approve")
    assert (status(desk), versions(desk)) == ("approved", 2)


@pytest.mark.parametrize("for_tier", [None, False])
def test_other_courses_need_one_and_the_history_says_so(desk: Desk, for_tier: Any) -> None:
    if for_tier is not None:
        make_mandatory(desk, for_tier=for_tier)
    desk.edit_lesson("author")
    submit(desk, "author")
    act(desk, "reviewer", "approve")
    assert status(desk) == "approved"
    assert TaskState.objects.filter(status="skipped").count() == 1
    history = desk.client("admin").get(reverse("wagtailadmin_pages:history", args=[desk.page.pk]))
    assert "No second approval: the course is mandatory for no tier" in history.content.decode()


def test_after_changes_were_asked_for_every_approval_is_given_anew(desk: Desk) -> None:
    make_mandatory(desk)
    desk.edit_lesson("author")
    submit(desk, "author")
    act(desk, "reviewer", "approve")
    act(desk, "reviewer2", "reject", "図が古いです")
    assert status(desk) == "needs_changes"
    page = desk.client("author").get(reverse("lms_courses_review:submit", args=[desk.page.pk]))
    assert "図が古いです" in page.content.decode()
    desk.edit_lesson("author", "直した本文")
    submit(desk, "author")
    act(desk, "reviewer2", "approve")
    assert (status(desk), versions(desk)) == ("in_progress", 1)
    act(desk, "reviewer", "approve")
    assert (status(desk), versions(desk)) == ("approved", 2)


def test_the_task_of_one_course_is_not_decided_at_the_address_of_another(desk: Desk) -> None:
    """The admin's address names page and task state separately."""
    from tests.factories import make_course
    from tests.factories import publish_course as make_pages

    other = make_pages(make_course("C2", is_published=False))
    desk.edit_lesson("reviewer")
    submit(desk, "author")
    submit_for_review(page=other, by=desk.people["author"])
    state = desk.fresh().current_workflow_task_state
    response = desk.client("reviewer").post(
        reverse("wagtailadmin_pages:workflow_action", args=[other.pk, "approve", state.pk]),
        {"comment": ""},
    )
    assert response.status_code in {302, 403}
    assert status(desk) == "in_progress"


def test_the_author_takes_the_course_back(desk: Desk) -> None:
    desk.edit_lesson("author")
    submit(desk, "author")
    address = reverse("lms_courses_review:withdraw", args=[desk.page.pk])
    desk.client("colleague").post(address)
    assert status(desk) == "in_progress"
    desk.client("author").post(address)
    assert status(desk) == "cancelled"
    assert desk.fresh().get_lock() is None


def test_while_under_review_nobody_changes_anything_below_the_course(desk: Desk) -> None:
    desk.edit_lesson("author")
    lesson = LessonPage.objects.get(pk=desk.lesson.pk)
    activity = desk.page.course.activities.get(key="L1-1")
    assert (lesson.get_lock(), activity.get_lock()) == (None, None)
    submit(desk, "author")
    before = lesson.revisions.count()
    for role in ("author", "colleague", "admin"):
        person = desk.people[role]
        client = desk.client(role)
        shown = client.get(reverse(EDIT, args=[lesson.pk]), follow=True).content.decode()
        assert "is under review and cannot be edited" in shown
        client.post(reverse(EDIT, args=[lesson.pk]), {"title": "別の題", "body-count": 0})
        assert lesson.permissions_for_user(person).page_locked()
        assert activity.get_lock().for_user(person)
        course = desk.fresh().permissions_for_user(person)
        assert not course.can_add_subpage()
        assert not course.can_delete()
        assert not course.can_reorder_children()
        assert not lesson.permissions_for_user(person).can_move()
    assert lesson.revisions.count() == before
    snippet = desk.client("author").get(
        reverse("wagtailsnippets_lms_courses_activity:edit", args=[activity.pk])
    )
    assert "is under review and cannot be edited" in snippet.content.decode()
    create = reverse(
        "wagtailadmin_pages:add", args=["lms_course_pages", "modulepage", desk.page.pk]
    )
    assert desk.client("author").get(create).status_code == 302
    assert not ModulePage.objects.exists()


@pytest.mark.parametrize("role", ["author", "reviewer"])
@pytest.mark.parametrize("place", ["page", "lesson"])
@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_no_part_of_a_course_is_published_or_submitted_past_the_review(
    desk: Desk, role: str, place: str, action: str
) -> None:
    desk.edit_lesson("author")
    target = getattr(desk, place)
    client = desk.client(role)
    form = client.get(reverse(EDIT, args=[target.pk]))
    data = {"title": "こっそり", "slug": target.slug, "body-count": 0, action: "1"}
    if form.status_code == 200:
        data |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "minutes": 30}
    client.post(reverse(EDIT, args=[target.pk]), data)
    assert (
        LessonPage.objects.get(pk=desk.lesson.pk).live_revision_id == desk.lesson.live_revision_id
    )
    assert desk.fresh().live_revision_id == desk.page.live_revision_id
    assert status(desk) is None


def test_a_reviewer_cannot_publish_the_course_page_alone_during_the_review(desk: Desk) -> None:
    desk.edit_lesson("author")
    submit(desk, "author")
    page = desk.fresh()
    for role in ("reviewer", "admin"):
        assert not page.permissions_for_user(desk.people[role]).can_publish()
    shown = desk.client("reviewer").get(reverse(EDIT, args=[page.pk])).content.decode()
    assert 'data-workflow-action-name="approve"' in shown
    assert 'name="action-publish"' not in shown


def test_a_new_page_is_not_submitted_by_itself(desk: Desk) -> None:
    address = reverse(
        "wagtailadmin_pages:add", args=["lms_course_pages", "lessonpage", desk.page.pk]
    )
    client = desk.client("author")
    assert 'name="action-submit"' not in client.get(address).content.decode()
    client.post(address, {"title": "新", "slug": "new", "body-count": 0, "action-submit": "1"})
    assert status(desk) is None
    assert LessonPage.objects.child_of(desk.page).count() == 2


def test_saving_with_the_submit_button_keeps_the_draft_and_leads_to_the_last_look(
    desk: Desk,
) -> None:
    client = desk.client("author")
    page = client.get(reverse(EDIT, args=[desk.lesson.pk]))
    assert 'name="action-review"' in page.content.decode()
    response = client.post(
        reverse(EDIT, args=[desk.lesson.pk]),
        {
            "title": "書き直した題",
            "slug": desk.lesson.slug,
            "body-count": 0,
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            "action-review": "1",
        },
    )
    assert response["Location"] == reverse("lms_courses_review:submit", args=[desk.page.pk])
    draft = LessonPage.objects.get(pk=desk.lesson.pk).get_latest_revision_as_object()
    assert draft.title == "書き直した題"


def test_setting_up_twice_changes_nothing(desk: Desk) -> None:
    index = CourseIndexPage.objects.get()
    first = desk.page.get_workflow()
    assert set_up_review(root=index) == first
    assert CourseReviewTask.objects.count() == 1


def test_switching_a_step_off_publishes_nothing_undecided(desk: Desk) -> None:
    desk.edit_lesson("author")
    submit(desk, "author")
    CourseReviewTask.objects.get().deactivate(user=desk.people["admin"])
    assert (status(desk), versions(desk)) == ("cancelled", 1)


def test_a_reviewer_finds_what_waits_on_the_dashboard_but_not_their_own_work(desk: Desk) -> None:
    desk.edit_lesson("reviewer")
    submit(desk, "author")
    waiting = {
        role: TaskState.objects.reviewable_by(desk.people[role]).count()
        for role in ("reviewer", "reviewer2", "author")
    }
    assert waiting == {"reviewer": 0, "reviewer2": 1, "author": 0}


# --- the course check ------------------------------------------------------------------------


def break_lesson(desk: Desk) -> None:
    """A block of the draft shows nothing: an error of the course check."""
    lesson = LessonPage.objects.get(pk=desk.lesson.pk)
    lesson.body = [("image", None)]
    lesson.save_revision(user=desk.people["author"], clean=False)


def check_url(desk: Desk) -> str:
    return f"{reverse('lms_courses_check', args=[desk.page.course_id])}?page={desk.page.pk}"


def starts_by_service(desk: Desk) -> None:
    submit_for_review(page=desk.fresh(), by=desk.people["author"])


def starts_by_wagtail(desk: Desk) -> None:
    desk.page.get_workflow().start(desk.fresh(), desk.people["admin"])


@pytest.mark.parametrize("start", [starts_by_service, starts_by_wagtail])
def test_no_start_of_a_review_gets_past_the_course_check(desk: Desk, start: Any) -> None:
    break_lesson(desk)
    with pytest.raises(CourseNotReady) as refused:
        start(desk)
    assert refused.value.check_url == check_url(desk)
    assert status(desk) is None
    lesson = LessonPage.objects.get(pk=desk.lesson.pk)
    lesson.save_revision(user=desk.people["author"])
    start(desk)
    assert status(desk) == "in_progress"


def test_what_came_back_is_checked_again_when_it_is_resumed(desk: Desk) -> None:
    desk.edit_lesson("author")
    submit(desk, "author")
    act(desk, "reviewer", "reject", "図が古いです")
    break_lesson(desk)
    with pytest.raises(CourseNotReady), transaction.atomic():
        desk.fresh().current_workflow_state.resume(user=desk.people["author"])
    assert status(desk) == "needs_changes"


@pytest.mark.parametrize("role", ["author", "admin"])
def test_the_submission_says_that_it_was_refused_and_leads_to_the_check(
    desk: Desk, role: str
) -> None:
    break_lesson(desk)
    url = reverse("lms_courses_review:submit", args=[desk.page.pk])
    page = desk.client(role).post(url, {"note": ""}, follow=True).content.decode()
    assert "The course was not submitted: the course check found 1 error." in page
    assert f'href="{check_url(desk)}"' in page
    assert status(desk) is None


@pytest.mark.parametrize("button", sorted(WAGTAILS_SUBMIT))
@pytest.mark.parametrize("role", ["author", "admin"])
def test_wagtails_own_buttons_lead_to_the_check_and_start_nothing(
    desk: Desk, role: str, button: str
) -> None:
    break_lesson(desk)
    page = desk.fresh()
    form = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "minutes": "30",
        "introduction": "null",
        "measures": [],
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        button: "1",
    }
    response = desk.client(role).post(reverse(EDIT, args=[page.pk]), form, follow=True)
    shown = response.content.decode()
    assert "The course was not submitted: the course check found 1 error." in shown
    assert f'href="{check_url(desk)}"' in shown
    assert status(desk) is None
