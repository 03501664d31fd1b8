"""The review screen's addresses, as a guest's browser without a session uses them."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Comment, PageSubscription, WorkflowState

from api.v1.reviews.views import ReviewGradeThrottle, ReviewThrottle
from courses.authoring.drafts import course_draft
from courses.authoring.review.links import invite_guest, open_own_review, revoke_link
from courses.authoring.review.models import ReviewLink
from courses.authoring.review.services import submit_for_review
from courses.catalogue.services import create_activity
from courses.exercises.models import ExerciseFile
from courses.models import Activity, CourseVersion
from courses.pages.models import LessonPage, ModulePage
from lms.exercises.models import ExerciseAttempt
from lms.models import ActivityProgress, Statement
from tests.api.described import DescribedClient
from tests.api.problems import places_of, problem_of
from tests.factories import (
    CLEAN_TABLE,
    MESSY_TABLE,
    make_audience_rule,
    make_course,
    make_exercise,
    make_exercise_content,
    make_h5p_content,
    make_lesson,
    make_tier,
    publish_course,
)
from tests.factories.reviews import Desk, make_desk


@pytest.fixture(scope="module")
def made_desk(made_once: None) -> Desk:
    return make_desk()


@pytest.fixture
def desk(made_desk: Desk, db: None) -> Desk:
    cache.clear()
    return deepcopy(made_desk)


@pytest.fixture
def guest() -> Client:
    return DescribedClient(headers={"accept-language": "ja"}, enforce_csrf_checks=True)


def invite(desk: Desk, *, by: str = "reviewer", may_approve: bool = True, **fields: Any) -> str:
    """The address of a new link for a guest."""
    _link, secret = invite_guest(
        page=desk.page, by=desk.people[by], name="専門家 佐久間", may_approve=may_approve, **fields
    )
    return f"/api/v1/reviews/{secret}/"


def submit(desk: Desk, by: str = "author", note: str = "") -> None:
    submit_for_review(page=desk.fresh(), by=desk.people[by], note=note)


def send(client: Client, address: str, body: Any, method: str = "post") -> Any:
    return getattr(client, method)(address, body, content_type="application/json")


def status(desk: Desk) -> str:
    return str(WorkflowState.objects.for_instance(desk.page).latest("created_at").status)


def versions(desk: Desk) -> int:
    return CourseVersion.objects.filter(course=desk.page.course).count()


def test_the_draft_comes_in_the_shape_of_a_course(desk: Desk, guest: Client) -> None:
    desk.edit_lesson("author", "下書きの本文")
    draft = LessonPage.objects.get(pk=desk.lesson.pk).get_latest_revision_as_object()
    draft.title = "書き直した題"
    draft.save_revision(user=desk.people["author"])
    activity = desk.page.course.activities.get(key="L1-1")
    activity.title_ja = "新しい問題"
    activity.save_revision(user=desk.people["author"])
    module = desk.page.add_child(instance=ModulePage(title="応用編", slug="m", live=False))
    lesson = create_activity(course=desk.page.course, kind="lesson", title="三つ目", language="ja")
    text = [("rich_text", "<p>三つ目の本文</p>")]
    module.add_child(
        instance=LessonPage(title="三つ目", slug="l3", lesson=lesson, live=False, body=text)
    )
    submit(desk, note="例を新しくした")

    body = guest.get(invite(desk)).json()
    course = body["course"]
    assert [(row["title"], row["module"]) for row in course["lessons"]] == [
        ("書き直した題", ""),
        ("レッスンL2", ""),
        ("三つ目", "応用編"),
    ]
    first = course["lessons"][0]
    assert "下書きの本文" in first["blocks"][0]["html"]
    assert [item["title"] for item in first["activities"]] == ["新しい問題"]
    assert course["progress"] == {"done": 0, "total": 5, "fraction": 0.0}
    assert course["enrolment"] is None
    assert body["status"] == "under_review"
    assert body["note"] == "例を新しくした"
    assert body["reviewer"] == {"name": "専門家 佐久間", "is_guest": True}
    assert (body["may_decide"], body["objection"]) == (True, None)
    assert (body["approvals_given"], body["approvals_needed"], body["version"]) == (0, 1, 1)
    # Nothing of it was written down: learners have what they had.
    lesson.refresh_from_db()
    assert desk.page.course.activities.get(key="L1").title_ja == "レッスンL1"


@pytest.mark.parametrize("fault", ["unknown", "expired", "revoked", "deactivated"])
def test_a_link_that_does_not_work_says_nothing_about_the_course(
    desk: Desk, guest: Client, fault: str
) -> None:
    address = invite(desk)
    link = ReviewLink.objects.get()
    if fault == "unknown":
        address = "/api/v1/reviews/review_nothing/"
    elif fault == "expired":
        earlier = timezone.now() - timedelta(days=30)
        ReviewLink.objects.update(created_at=earlier, expires_at=earlier + timedelta(days=1))
    elif fault == "revoked":
        revoke_link(link=link)
    else:
        desk.people["reviewer"].is_active = False
        desk.people["reviewer"].save()
    for path in ("", "comments/", "activities/L1-1/launch/"):
        response = guest.get(address + path)
        problem_of(response, 404, "review_link_not_valid")
        assert "C1" not in response.content.decode()
    problem_of(
        send(guest, address + "decision/", {"decision": "approve"}), 404, "review_link_not_valid"
    )


def test_a_reviewers_own_link_needs_their_session(desk: Desk, guest: Client) -> None:
    secret = open_own_review(page=desk.page, by=desk.people["reviewer"])
    address = f"/api/v1/reviews/{secret}/"
    problem_of(guest.get(address), 404, "review_link_not_valid")
    assert desk.client("reviewer").get(address).json()["reviewer"]["is_guest"] is False


def test_an_activity_is_launched_as_drafted_and_keeps_no_state(desk: Desk, guest: Client) -> None:
    content = make_h5p_content()
    activity = desk.page.course.activities.get(key="L1-1")
    activity.content = content
    activity.save_revision(user=desk.people["author"])
    launch = guest.get(f"{invite(desk)}activities/L1-1/launch/").json()
    assert launch["player_url"].startswith("http://content.testserver/h5p/play/")
    assert (
        f".{content.uuid.hex}" in launch["player_url"] or content.uuid.hex in launch["player_url"]
    )
    assert "state_url" not in launch
    problem_of(guest.get(f"{invite(desk)}activities/L9-9/launch/"), 404, "not_found")


def test_a_guest_comments_and_the_author_finds_it_at_the_block(desk: Desk, guest: Client) -> None:
    desk.edit_lesson("author")
    draft = LessonPage.objects.get(pk=desk.lesson.pk).get_latest_revision_as_object()
    draft.body = [
        *draft.body.get_prep_value(),
        {"type": "callout", "value": {"tone": "tip", "title": "要点", "text": "<p>覚える</p>"}},
    ]
    draft.save_revision(user=desk.people["author"])
    address = invite(desk, may_approve=False)
    blocks = guest.get(address).json()["course"]["lessons"][0]["blocks"]
    text, callout = blocks[0]["id"], blocks[-1]["id"]
    for block, said in [(text, "例が古いです"), (callout, "よい要点です"), ("", "全体に長いです")]:
        response = send(
            guest, address + "comments/", {"lesson_key": "L1", "block_id": block, "text": said}
        )
        assert response.status_code == 201
        assert response.json()["block_id"] == block
    rows = {row.text: row for row in Comment.objects.filter(page=desk.lesson)}
    assert rows["例が古いです"].contentpath == f"body.{text}"
    assert rows["よい要点です"].contentpath == f"body.{callout}.tone"
    assert rows["全体に長いです"].contentpath == "title"
    assert rows["例が古いです"].user.get_full_name() == "専門家 佐久間"
    page = LessonPage.objects.get(pk=desk.lesson.pk).get_latest_revision_as_object()
    assert all(row.has_valid_contentpath(page) for row in rows.values())

    first = rows["例が古いです"]
    thread = f"{address}comments/{first.pk}/"
    replied = send(guest, thread + "replies/", {"text": "図も"}).json()
    assert [row["text"] for row in replied["replies"]] == ["図も"]
    assert send(guest, thread + "resolution/", None, "put").json()["resolved"] is True
    first.refresh_from_db()
    assert first.resolved_at is not None
    assert guest.delete(thread + "resolution/").json()["resolved"] is False
    assert [row["text"] for row in guest.get(address + "comments/").json()] == [*rows]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"lesson_key": "L9", "text": "?"}, 404, "unknown_place"),
        ({"lesson_key": "L1", "block_id": "no", "text": "?"}, 404, "unknown_place"),
        ({"lesson_key": "", "block_id": "no", "text": "?"}, 404, "unknown_place"),
        ({"lesson_key": "L1", "text": " "}, 400, "invalid"),
        ({"lesson_key": "L1", "text": "長" * 5001}, 400, "invalid"),
    ],
)
def test_a_comment_needs_a_place_and_a_text(
    desk: Desk, guest: Client, body: Any, status: int, code: str
) -> None:
    problem_of(send(guest, invite(desk) + "comments/", body), status, code)
    assert not Comment.objects.exists()


def test_comments_of_another_course_are_out_of_reach(desk: Desk, guest: Client) -> None:
    other = publish_course(make_course("C9", is_published=False))
    comment = Comment.objects.create(
        page_id=other.pk, user=desk.people["author"], text="内緒", contentpath="title"
    )
    address = invite(desk)
    problem_of(
        send(guest, f"{address}comments/{comment.pk}/replies/", {"text": "?"}), 404, "unknown_place"
    )
    problem_of(
        send(guest, f"{address}comments/{comment.pk}/resolution/", None, "put"),
        404,
        "unknown_place",
    )
    assert guest.get(address + "comments/").json() == []


def test_who_watches_a_lessons_comments_is_told(
    desk: Desk, guest: Client, mailoutbox: list[Any]
) -> None:
    PageSubscription.objects.create(
        page_id=desk.lesson.pk, user=desk.people["author"], comment_notifications=True
    )
    send(guest, invite(desk) + "comments/", {"lesson_key": "L1", "text": "例が古いです"})
    assert [(message.to, "例が古いです" in message.body) for message in mailoutbox] == [
        (["author@example.jp"], True)
    ]


def test_an_approving_link_publishes_a_course_that_needs_one_approval(
    desk: Desk, guest: Client
) -> None:
    desk.edit_lesson("author")
    submit(desk)
    body = send(guest, invite(desk) + "decision/", {"decision": "approve"}).json()
    assert body["status"] == "published"
    assert (status(desk), versions(desk)) == ("approved", 2)
    newest = CourseVersion.objects.filter(course=desk.page.course).last()
    assert newest is not None
    assert newest.published_by == ReviewLink.objects.get().reviewer


def test_where_two_are_needed_a_guest_gives_the_first_and_another_employee_the_last(
    desk: Desk, guest: Client
) -> None:
    make_audience_rule(desk.page.course, tier=make_tier(), is_mandatory=True)
    desk.edit_lesson("author")
    submit(desk)
    address = invite(desk, by="reviewer")
    body = send(guest, address + "decision/", {"decision": "approve"}).json()
    assert (body["status"], body["approvals_given"]) == ("under_review", 1)
    problem_of(send(guest, address + "decision/", {"decision": "approve"}), 403, "needs_account")
    # The guest decided in the name of the reviewer who gave the link.
    codes = {}
    for role in ("reviewer", "reviewer2"):
        secret = open_own_review(page=desk.page, by=desk.people[role])
        found = desk.client(role).get(f"/api/v1/reviews/{secret}/").json()["objection"]
        codes[role] = found and found["code"]
    assert codes == {"reviewer": "decided_before", "reviewer2": None}
    assert versions(desk) == 1


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        ("comments_only", "comments_only"),
        ("giver_is_author", "own_work"),
        ("giver_left", "not_a_reviewer"),
        ("guest_is_author", "own_work"),
    ],
)
@pytest.mark.parametrize("decision", ["approve", "request_changes"])
def test_a_link_decides_no_more_than_its_giver_could(
    desk: Desk, guest: Client, prepare: str, code: str, decision: str
) -> None:
    desk.edit_lesson("author")
    email = "author@example.jp" if prepare == "guest_is_author" else ""
    address = invite(desk, may_approve=prepare != "comments_only", email=email)
    if prepare == "giver_is_author":
        desk.edit_lesson("reviewer", "自分でも直した")
    if prepare == "giver_left":
        desk.people["reviewer"].groups.clear()
    submit(desk)
    body = guest.get(address).json()
    assert (body["may_decide"], body["objection"]["code"]) == (False, code)
    answer = send(guest, address + "decision/", {"decision": decision, "comment": "理由"})
    problem_of(answer, 403, code)
    assert (status(desk), versions(desk)) == ("in_progress", 1)


def test_asking_for_changes_gives_the_reason_to_the_author(
    desk: Desk, guest: Client, mailoutbox: list[Any]
) -> None:
    desk.edit_lesson("author")
    submit(desk)
    mailoutbox.clear()
    address = invite(desk) + "decision/"
    problem_of(send(guest, address, {"decision": "request_changes"}), 400, "reason_missing")
    problem_of(send(guest, address, {"decision": "perhaps"}), 400, "invalid")
    body = send(guest, address, {"decision": "request_changes", "comment": "図が古い"}).json()
    assert (body["status"], body["decision_comment"]) == ("changes_requested", "図が古い")
    assert [(message.to, "図が古い" in message.body) for message in mailoutbox] == [
        (["author@example.jp"], True)
    ]
    problem_of(send(guest, address, {"decision": "approve"}), 409, "not_under_review")


def test_a_guest_decides_nothing_that_was_not_submitted(desk: Desk, guest: Client) -> None:
    desk.edit_lesson("author")
    address = invite(desk)
    assert guest.get(address).json()["status"] == "draft"
    answer = send(guest, address + "decision/", {"decision": "approve"})
    problem_of(answer, 409, "not_under_review")
    assert versions(desk) == 1


def test_nothing_of_a_review_is_recorded_as_learning(desk: Desk, guest: Client) -> None:
    address = invite(desk)
    guest.get(address)
    guest.get(f"{address}activities/L1-1/launch/")
    problem_of(send(guest, "/api/v1/xapi/statements", [{}]), 401, "not_authenticated")
    assert not Statement.objects.exists()
    assert not ActivityProgress.objects.exists()


@pytest.fixture
def exercise(desk: Desk) -> Activity:
    """A data exercise X1 that stands in the draft of the first lesson, published to nobody."""
    made = make_exercise(desk.lesson.lesson)
    Activity.objects.filter(pk=made.pk).update(live=False)
    draft = desk.lesson.get_latest_revision_as_object()
    draft.body = [*draft.body.get_prep_value(), {"type": "exercise", "value": made.pk}]
    draft.save_revision(user=desk.people["author"])
    return made


def grade(client: Client, address: str, data: bytes = MESSY_TABLE, name: str = "表.csv") -> Any:
    return client.post(f"{address}exercises/X1/grade/", {"file": SimpleUploadedFile(name, data)})


def test_an_exercise_and_its_file_come_as_drafted(
    desk: Desk, guest: Client, exercise: Activity
) -> None:
    exercise.title_ja = "書き直した演習"
    exercise.exercise = make_exercise_content(instructions="新しい課題です。", rules=["dates"])
    exercise.save_revision(user=desk.people["author"])
    address = f"{invite(desk)}exercises/X1/"
    told = guest.get(address).json()
    assert (told["title"], told["instructions"]) == ("書き直した演習", "新しい課題です。")
    assert [rule["code"] for rule in told["rules"]] == ["dates"]
    assert (told["attempt_count"], told["attempts"]) == (0, [])
    assert told["file"]["url"] == f"{address}file/"
    file = guest.get(told["file"]["url"])
    assert file.content == MESSY_TABLE
    assert file["Content-Disposition"] == 'attachment; filename="messy.csv"'
    assert file["X-Content-Type-Options"] == "nosniff"


def test_a_guest_hands_in_a_file_and_reads_what_a_learner_would(
    desk: Desk, guest: Client, exercise: Activity
) -> None:
    address = invite(desk, may_approve=False)
    told = grade(guest, address).json()
    assert (told["is_passed"], told["faults"], told["rows"]) == (False, 3, 2)
    finding = told["rules"][0]["findings"][0]
    assert (finding["line"], finding["cell"], finding["value"]) == (2, "B2", "令和４年10月19日")
    assert finding["what"] == "日付が和暦で書かれています。"
    assert finding["fix"] == "「2022-10-19」と書いてください。"
    clean = grade(guest, address, CLEAN_TABLE).json()
    assert (clean["score"], clean["is_passed"], clean["faults"]) == (1.0, True, 0)


def test_the_draft_of_an_exercise_is_what_grades(
    desk: Desk, guest: Client, exercise: Activity
) -> None:
    exercise.exercise = make_exercise_content(rules=["units"])
    exercise.pass_mark = None
    exercise.save_revision(user=desk.people["author"])
    told = grade(guest, invite(desk)).json()
    assert ([rule["code"] for rule in told["rules"]], told["is_passed"]) == (["units"], None)


def test_a_reviewer_hands_in_with_their_session_and_its_csrf_token(
    desk: Desk, exercise: Activity
) -> None:
    secret = open_own_review(page=desk.page, by=desk.people["reviewer"])
    address = f"/api/v1/reviews/{secret}/"
    client = DescribedClient(enforce_csrf_checks=True)
    client.force_login(desk.people["reviewer"])
    problem_of(grade(client, address), 403, "permission_denied")
    assert grade(desk.client("reviewer"), address).json()["faults"] == 3
    problem_of(grade(desk.client("stranger"), address), 404, "review_link_not_valid")


def test_a_file_handed_in_to_a_review_leaves_nothing_behind(
    desk: Desk, guest: Client, exercise: Activity
) -> None:
    address = invite(desk)
    files = ExerciseFile.objects.count()
    with CaptureQueriesContext(connection) as queries:
        assert grade(guest, address, CLEAN_TABLE).status_code == 200
    assert [row["sql"] for row in queries if not row["sql"].startswith("SELECT")] == []
    for model in (ExerciseAttempt, Statement, ActivityProgress):
        assert not model.objects.exists()
    assert ExerciseFile.objects.count() == files


@pytest.mark.parametrize("fault", ["unknown", "expired", "revoked"])
def test_no_file_is_graded_for_a_link_that_does_not_work(
    desk: Desk, guest: Client, exercise: Activity, fault: str
) -> None:
    address = invite(desk)
    if fault == "unknown":
        address = "/api/v1/reviews/review_nothing/"
    elif fault == "expired":
        earlier = timezone.now() - timedelta(days=30)
        ReviewLink.objects.update(created_at=earlier, expires_at=earlier + timedelta(days=1))
    else:
        revoke_link(link=ReviewLink.objects.get())
    problem_of(grade(guest, address), 404, "review_link_not_valid")
    for path in ("exercises/X1/", "exercises/X1/file/"):
        problem_of(guest.get(address + path), 404, "review_link_not_valid")


def test_exercises_of_another_course_are_out_of_reach(desk: Desk, guest: Client) -> None:
    other = make_course("C9", lessons=0, is_published=False)
    make_exercise(make_lesson(other, "L9"))
    publish_course(other)
    address = invite(desk)
    problem_of(grade(guest, address), 404, "not_found")
    for path in ("exercises/X1/", "exercises/X1/file/", "exercises/L1-1/"):
        problem_of(guest.get(address + path), 404, "not_found")


def test_a_review_refuses_what_cannot_be_graded(
    desk: Desk, guest: Client, exercise: Activity, settings: Any
) -> None:
    address = invite(desk)
    problem_of(grade(guest, address, b""), 400, "exercise_file_refused")
    problem_of(grade(guest, address, CLEAN_TABLE, "表.xlsx"), 400, "exercise_file_refused")
    none = guest.post(f"{address}exercises/X1/grade/", {"file": "text"})
    assert places_of(problem_of(none, 400, "invalid")) == ["file"]
    settings.LMS_COURSES_EXERCISE_LIMITS = {"file_bytes": 100_000}
    problem_of(grade(guest, address, b"x" * 200_000), 413, "body_too_large")
    problem_of(grade(guest, address, b"x" * 100_001), 400, "exercise_file_refused")


def test_grading_without_end_is_slowed_down_and_reading_is_not(
    desk: Desk, guest: Client, exercise: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReviewGradeThrottle, "rate", "2/min")
    address = invite(desk)
    for _ in range(2):
        assert grade(guest, address).status_code == 200
    problem_of(grade(guest, address), 429, "throttled")
    assert guest.get(f"{address}exercises/X1/").status_code == 200


def test_a_caller_who_asks_without_end_is_slowed_down(
    guest: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    cache.clear()
    monkeypatch.setattr(ReviewThrottle, "rate", "3/min")
    for _ in range(3):
        assert guest.get("/api/v1/reviews/review_guess/").status_code == 404
    problem_of(guest.get("/api/v1/reviews/review_guess/"), 429, "throttled")


def test_the_number_of_queries_does_not_grow_with_comments(
    desk: Desk, guest: Client, queries_of: Any
) -> None:
    address = invite(desk) + "comments/"
    send(guest, address, {"lesson_key": "L1", "text": "一"})
    few = queries_of(guest, address)
    for _ in range(5):
        send(guest, address, {"lesson_key": "L2", "text": "二"})
    assert queries_of(guest, address) == few
    assert len(course_draft(desk.page).lessons) == 2
