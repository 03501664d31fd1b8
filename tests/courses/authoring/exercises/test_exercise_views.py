"""An author makes a data exercise; learners get it with the course, and not before."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from courses.authoring.publishing import publish_course
from courses.authoring.services import set_up_authors
from courses.models import Activity, Course, ExerciseContent
from courses.pages.models import CoursePage, LessonPage
from tests.factories import CLEAN_TABLE, MESSY_TABLE, make_course, make_exercise, make_user

pytestmark = pytest.mark.django_db

BASE = "/admin/data-exercises/"


@pytest.fixture
def course() -> Course:
    return make_course("C", lessons=1, activities=0)


@pytest.fixture
def author(course: Course) -> Client:
    """Somebody who may edit this course and no other."""
    page = CoursePage.objects.get(course=course)
    group = set_up_authors(section=page)
    return _signed_in(group if isinstance(group, Group) else group[0])


@pytest.fixture
def stranger(course: Course) -> Client:
    """An author of another course."""
    other = make_course("D")
    own = set_up_authors(section=CoursePage.objects.get(course=other))
    return _signed_in(own if isinstance(own, Group) else own[0])


def _signed_in(group: Group) -> Client:
    user = make_user()
    user.groups.add(group)
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def sent(course: Course, **changes: Any) -> dict[str, Any]:
    """What the browser sends for a new exercise of the little table."""
    columns = [
        {"name": "番号", "type": "text", "is_key": "on", "is_required": "on"},
        {"name": "開催日", "type": "date", "is_required": "on"},
        {"name": "定員（人）", "type": "integer", "unit": "人"},
    ]
    data: dict[str, Any] = {
        "course": course.pk,
        "title_ja": "表を整える",
        "title_en": "",
        "pass_percent": "90",
        "earlier_count": "on",
        "instructions_ja": "整えてください。",
        "instructions_en": "",
        "formats": ["csv", "xlsx"],
        "messy": SimpleUploadedFile("messy.csv", MESSY_TABLE),
        "expected": SimpleUploadedFile("expected.csv", CLEAN_TABLE),
        "columns-TOTAL_FORMS": len(columns),
        "columns-INITIAL_FORMS": 0,
        "rule_content": "on",
        "rule_dates": "on",
        "weight_dates": "20",
        "rule_units": "on",
        "weight_units": "5",
        "critical_units": "on",
    }
    for number, column in enumerate(columns):
        data |= {f"columns-{number}-{key}": value for key, value in column.items()}
    return data | changes


def make(author: Client, course: Course, **changes: Any) -> Activity:
    response = author.post(BASE + "new/", sent(course, **changes))
    assert response.status_code == 302, response.content.decode()
    return Activity.objects.get(kind="exercise")


def test_an_author_makes_an_exercise_as_a_draft(author: Client, course: Course) -> None:
    row = make(author, course)
    assert (row.live, row.exercise) == (False, None)
    draft = row.get_latest_revision_as_object()
    assert (draft.title_ja, draft.pass_mark, draft.course) == ("表を整える", 0.9, course)
    spec = draft.exercise.parsed_spec()
    assert spec.keys == ("番号",)
    assert [(pick.rule, pick.weight, pick.is_critical) for pick in spec.rules] == [
        ("units", 5, True),
        ("dates", 20, False),
        ("content", 15, False),
    ]
    assert draft.exercise.messy_file() == (MESSY_TABLE, "messy.csv")
    assert author.get(f"{BASE}{row.pk}/").status_code == 200
    assert "表を整える" in author.get(BASE).content.decode()


def test_learners_get_it_when_the_course_is_published_and_an_edit_only_then_too(
    author: Client, course: Course
) -> None:
    row = make(author, course)
    lesson = LessonPage.objects.get(lesson__course=course)
    lesson.body = [("exercise", row)]
    lesson.save_revision()
    page = CoursePage.objects.get(course=course)
    publish_course(page=page)
    row.refresh_from_db()
    first = row.exercise_id
    assert row.live
    assert first is not None
    changed = sent(course, instructions_ja="もっとよく整えてください。", messy="", expected="")
    response = author.post(f"{BASE}{row.pk}/", changed)
    assert response.status_code == 302, response.context["form"].errors
    row.refresh_from_db()
    assert row.exercise_id == first
    publish_course(page=page)
    row.refresh_from_db()
    assert row.exercise_id != first
    assert row.exercise is not None
    # The files were not given anew: they are those of the version before.
    assert row.exercise.messy_file() == (MESSY_TABLE, "messy.csv")
    assert [version.exercise_id for version in row.versions.order_by("number")] == [
        first,
        row.exercise_id,
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"messy": ""}, "Choose the file"),
        ({"expected": ""}, "Choose the expected file"),
        ({"expected": SimpleUploadedFile("e.csv", MESSY_TABLE)}, "does not score 100 %"),
        ({"messy": SimpleUploadedFile("m.csv", b"a,b\n1,2\n")}, "None of the columns"),
        ({"rule_dates": "", "rule_units": "", "rule_content": ""}, "at least one rule"),
        ({"columns-1-name": "番号"}, "stands there twice"),
        ({"columns-TOTAL_FORMS": "0"}, "at least one column"),
        ({"weight_dates": "-1"}, "greater than or equal"),
        ({"title_ja": ""}, "required"),
        ({"pass_percent": "120"}, "less than or equal"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(
    author: Client, course: Course, changes: dict[str, Any], words: str
) -> None:
    response = author.post(BASE + "new/", sent(course, **changes))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Activity.objects.filter(kind="exercise").exists()
    assert not ExerciseContent.objects.exists()


def test_both_files_are_tried_without_keeping_anything(author: Client, course: Course) -> None:
    html = author.post(BASE + "try/", sent(course)).content.decode()
    assert "100%" in html
    assert "令和４年10月19日" in html
    assert "The date is in the Japanese calendar." in html
    assert not ExerciseContent.objects.exists()


def test_what_a_file_holds_is_never_markup(author: Client, course: Course) -> None:
    evil = MESSY_TABLE.replace(b"2022/10/20", b"<img src=x onerror=alert(1)>")
    html = author.post(
        BASE + "try/", sent(course, messy=SimpleUploadedFile("m.csv", evil))
    ).content.decode()
    assert "&lt;img src=x" in html
    assert "<img" not in html


def test_columns_are_read_from_the_expected_file(author: Client) -> None:
    file = SimpleUploadedFile("e.csv", CLEAN_TABLE)
    told = author.post(BASE + "guess/", {"file": file}).json()["columns"]
    assert [(item["name"], item["type"], item["is_key"]) for item in told] == [
        ("番号", "text", True),
        ("開催日", "date", False),
        ("定員（人）", "integer", False),
    ]
    assert author.post(BASE + "guess/").status_code == 400
    assert author.post(BASE + "guess/", {"file": SimpleUploadedFile("e.csv", b"")}).json() == {
        "message": "The file is empty."
    }


def test_files_are_for_those_who_may_edit_the_course(
    author: Client, stranger: Client, course: Course
) -> None:
    row = make(author, course)
    for address in ("", "messy/", "expected/"):
        assert author.get(f"{BASE}{row.pk}/{address}").status_code == 200
        assert stranger.get(f"{BASE}{row.pk}/{address}").status_code in (302, 403)
        assert Client().get(f"{BASE}{row.pk}/{address}").status_code == 302
    assert author.get(f"{BASE}{row.pk}/expected/").content == CLEAN_TABLE


def test_another_teams_course_is_neither_offered_nor_taken(
    stranger: Client, author: Client, course: Course
) -> None:
    make_exercise(course.activities.get(kind="lesson"), "of-another-team")
    assert "of-another-team" not in stranger.get(BASE).content.decode()
    response = stranger.post(BASE + "new/", sent(course))
    assert response.status_code == 422
    row = Activity.objects.get(key="of-another-team")
    assert stranger.post(f"{BASE}{row.pk}/", sent(course)).status_code in (302, 403)
    assert row.get_latest_revision_as_object().title_ja == row.title_ja
