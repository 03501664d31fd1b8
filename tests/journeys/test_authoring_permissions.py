"""Who may do what in authoring: role × action × object, through the admin and through the API.

Every row is an address asked for; every column a role. What counts as "may" is that the answer is
not a refusal: 403, 404, or being sent away to sign in or to the admin's home.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse

from courses.authoring.policy import courses_for, may
from courses.authoring.publishing import publish_course
from courses.authoring.services import set_up_authors, set_up_reviewers
from courses.models import Activity, Course, CourseVersion
from courses.pages.models import CoursePage, CourseSectionPage, LessonPage
from courses.starter.load import course_index
from lms.enrolment.models import AudienceRule
from lms.starter.accounts import HR_PERMISSIONS
from skills_matrix.competencies.models import Award
from tests.factories.courses import make_course
from tests.factories.courses import publish_course as make_pages
from tests.factories.people import make_employee, make_tier, make_user
from tests.factories.skills import make_competency

pytestmark = pytest.mark.django_db

ROLES = ("nobody", "learner", "author", "other author", "reviewer", "HR", "administrator")
AUTHORS = frozenset({"author", "administrator"})
EVERY_AUTHOR = AUTHORS | {"other author"}
REVIEWERS = frozenset({"reviewer", "administrator"})
HR = frozenset({"HR"})


@dataclass
class World:
    """The author's section and another one, a published course in the first, and who is about."""

    sections: tuple[CourseSectionPage, CourseSectionPage]
    course: Course
    users: dict[str, AbstractUser]


@pytest.fixture(scope="module")
def world(made_once: None) -> World:
    index = course_index()
    sections = (
        index.add_child(instance=CourseSectionPage(title="業務改革", slug="mine")),
        index.add_child(instance=CourseSectionPage(title="データ", slug="other")),
    )
    course = make_course("C1", is_published=False)
    page = make_pages(course)
    page.move(sections[0], pos="last-child")
    publish_course(page=CoursePage.objects.get(pk=page.pk))
    authors = [set_up_authors(section=section) for section in sections]
    users: dict[str, AbstractUser] = {
        "learner": make_employee().user,
        "author": make_user("a"),
        "other author": make_user("o"),
        "reviewer": make_user("r"),
        "HR": make_employee(permissions=[".".join(pair) for pair in HR_PERMISSIONS]).user,
        "administrator": make_user("admin", is_superuser=True),
    }
    users["author"].groups.add(authors[0])
    users["other author"].groups.add(authors[1])
    users["reviewer"].groups.add(set_up_reviewers(root=index))
    return World(sections, course, users)


@pytest.fixture
def sections(world: World) -> tuple[CourseSectionPage, CourseSectionPage]:
    return deepcopy(world.sections)


@pytest.fixture
def course(world: World, db: None) -> Course:
    return deepcopy(world.course)


@pytest.fixture
def users(world: World, db: None) -> dict[str, AbstractUser]:
    return deepcopy(world.users)


@pytest.fixture
def as_role(users: dict[str, AbstractUser]) -> Callable[[str], Client]:
    def signed_in(role: str) -> Client:
        client = Client()
        if role != "nobody":
            client.force_login(users[role])
        return client

    return signed_in


def is_refused(answer: Any) -> bool:
    if answer.status_code == 302:
        return answer.url.startswith(("/admin/login", "/login")) or answer.url == "/admin/"
    return answer.status_code in {401, 403, 404}


def pk_of(name: str, course: Course, sections: tuple[Any, Any]) -> int:
    found: dict[str, Any] = {
        "course page": CoursePage.objects.get(course=course),
        "lesson page": LessonPage.objects.get(lesson__course=course),
        "activity": Activity.objects.get(course=course, kind="h5p"),
        "section": sections[0],
        "course": course,
    }
    return int(found[name].pk)


# action, address by name, object, who may
ADMIN_PAGES: list[tuple[str, str, str, frozenset[str]]] = [
    ("open", "wagtailadmin_pages:edit", "course page", AUTHORS),
    ("open", "wagtailadmin_pages:edit", "lesson page", AUTHORS),
    ("see history", "wagtailadmin_pages:history", "course page", AUTHORS),
    ("delete", "wagtailadmin_pages:delete", "lesson page", frozenset({"administrator"})),
    ("unpublish", "wagtailadmin_pages:unpublish", "course page", REVIEWERS),
    ("add below", "wagtailadmin_pages:add_subpage", "section", AUTHORS),
    ("add below", "wagtailadmin_pages:add_subpage", "course page", AUTHORS),
    ("open translation", "lms_courses_translation:choose", "course page", AUTHORS | REVIEWERS),
    ("open translation", "lms_courses_translation:choose", "lesson page", AUTHORS | REVIEWERS),
    ("see versions", "lms_courses_versions:index", "course page", AUTHORS | REVIEWERS),
    ("compare versions", "lms_courses_versions:compare", "course page", AUTHORS | REVIEWERS),
    ("open", "wagtailsnippets_lms_courses_activity:edit", "activity", AUTHORS),
    ("see history", "wagtailsnippets_lms_courses_activity:history", "activity", AUTHORS),
    ("see usage", "wagtailsnippets_lms_courses_activity:usage", "activity", AUTHORS),
    (
        "delete",
        "wagtailsnippets_lms_courses_activity:delete",
        "activity",
        frozenset({"administrator"}),
    ),
    ("see the audience", "lms_core_audience", "course", AUTHORS | REVIEWERS | HR),
    ("see the awards", "lms_skills_awards", "course", AUTHORS | REVIEWERS | HR),
    ("see the pass marks", "lms_courses_grading", "course", AUTHORS | REVIEWERS | HR),
    ("check", "lms_courses_check", "course", AUTHORS | REVIEWERS),
    ("see the order", "lms_courses_lessons", "course", AUTHORS),
]


@pytest.mark.parametrize(
    ("action", "address", "subject", "allowed"),
    ADMIN_PAGES,
    ids=[f"{action} {subject} at {address}" for action, address, subject, _ in ADMIN_PAGES],
)
def test_the_admin_opens_only_to_who_may(
    action: str,
    address: str,
    subject: str,
    allowed: frozenset[str],
    course: Course,
    sections: tuple[CourseSectionPage, CourseSectionPage],
    as_role: Callable[[str], Client],
) -> None:
    url = reverse(address, args=[pk_of(subject, course, sections)])
    opened = {role for role in ROLES if not is_refused(as_role(role).get(url))}
    assert opened == allowed


# address by name, its arguments, what is sent, who may: changes to what a course says. The course
# is published: a new order would reach its learners at once.
CHANGES: list[tuple[str, Callable[[Course], list[Any]], str, frozenset[str]]] = [
    ("lms_courses_translation:start", lambda course: [page_of(course), "en"], "", AUTHORS),
    (
        "lms_courses_translation:save",
        lambda course: [page_of(course), "en"],
        '{"texts": {}}',
        AUTHORS,
    ),
    (
        "lms_courses_versions:restore",
        lambda course: [page_of(course), CourseVersion.objects.get(course=course).pk],
        "",
        AUTHORS,
    ),
    (
        "lms_courses_lessons",
        lambda course: [course.pk],
        "down={lesson}",
        frozenset({"administrator"}),
    ),
]


def page_of(course: Course) -> int:
    return CoursePage.objects.get(course=course).pk


@pytest.mark.parametrize(
    ("address", "arguments", "body", "allowed"), CHANGES, ids=[row[0] for row in CHANGES]
)
def test_what_a_course_says_is_changed_only_by_who_writes_it(
    address: str,
    arguments: Callable[[Course], list[Any]],
    body: str,
    allowed: frozenset[str],
    course: Course,
    as_role: Callable[[str], Client],
) -> None:
    url = reverse(address, args=arguments(course))
    is_json = body.startswith("{")
    kind = "application/json" if is_json else "application/x-www-form-urlencoded"
    lesson = LessonPage.objects.get(lesson__course=course)
    sent = body if is_json else body.replace("{lesson}", str(lesson.pk))
    done = {
        role for role in ROLES if not is_refused(as_role(role).post(url, sent, content_type=kind))
    }
    assert done == allowed


def test_authors_order_the_lessons_of_what_no_learner_has(
    course: Course, as_role: Callable[[str], Client]
) -> None:
    CoursePage.objects.filter(course=course).update(live=False)
    lesson = LessonPage.objects.get(lesson__course=course)
    url = reverse("lms_courses_lessons", args=[course.pk])
    done = {role for role in ROLES if not is_refused(as_role(role).post(url, {"down": lesson.pk}))}
    assert done == AUTHORS


LISTS: list[tuple[str, frozenset[str]]] = [
    ("/admin/", EVERY_AUTHOR | REVIEWERS | HR),
    ("/admin/courses/", AUTHORS | REVIEWERS | HR),
    ("/admin/users/", frozenset({"administrator"})),
    ("/admin/groups/", frozenset({"administrator"})),
    ("/admin/workflows/list/", frozenset({"administrator"})),
]


@pytest.mark.parametrize(("url", "allowed"), LISTS, ids=[url for url, _ in LISTS])
def test_lists_open_only_to_who_may(
    url: str, allowed: frozenset[str], course: Course, as_role: Callable[[str], Client]
) -> None:
    def opens(role: str) -> bool:
        answer = as_role(role).get(url)
        return answer.status_code == 200

    assert {role for role in ROLES if opens(role)} == allowed


def settings_sent(address: str, course: Course) -> dict[str, Any]:
    activity = course.activities.get(kind="h5p")
    return {
        "lms_core_audience": {
            "rules-TOTAL_FORMS": 1,
            "rules-INITIAL_FORMS": 0,
            "rules-0-tier": make_tier().key,
        },
        "lms_skills_awards": {
            "awards-TOTAL_FORMS": 1,
            "awards-INITIAL_FORMS": 0,
            "awards-0-competency": make_competency().pk,
            "awards-0-level": 2,
            "awards-0-assurance": 1,
            "awards-0-effective_from": "2026-04-01",
        },
        "lms_courses_grading": {
            f"pass_mark_{activity.pk}": "55",
            f"completion_{activity.lesson_id}": "viewed",
        },
    }[address]


def settings_saved(address: str, course: Course) -> bool:
    activity = course.activities.get(kind="h5p").get_latest_revision_as_object()
    return {
        "lms_core_audience": AudienceRule.objects.filter(course=course).exists(),
        "lms_skills_awards": Award.objects.filter(course=course).exists(),
        "lms_courses_grading": activity.pass_mark == 0.55,
    }[address]


def never_published(course: Course) -> None:
    CourseVersion.objects.filter(course=course).delete()
    CoursePage.objects.filter(course=course).update(live=False)


def live(course: Course) -> None:
    """As the fixture has it."""


def taken_offline(course: Course) -> None:
    CoursePage.objects.filter(course=course).update(live=False)


SETTINGS = ("lms_core_audience", "lms_skills_awards", "lms_courses_grading")
# Awards and audience count at once: once learners had the course, who may publish it sets them.
SETTERS: list[tuple[Callable[[Course], None], frozenset[str]]] = [
    (never_published, AUTHORS | HR),
    (live, REVIEWERS | HR),
    (taken_offline, REVIEWERS | HR),
]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("address", SETTINGS)
@pytest.mark.parametrize(
    ("become", "allowed"), SETTERS, ids=[become.__name__ for become, _ in SETTERS]
)
def test_who_changes_what_a_course_asks_and_gives(
    become: Callable[[Course], None],
    allowed: frozenset[str],
    address: str,
    role: str,
    course: Course,
    as_role: Callable[[str], Client],
) -> None:
    become(course)
    as_role(role).post(reverse(address, args=[course.pk]), settings_sent(address, course))
    assert settings_saved(address, course) is (role in allowed)


@pytest.mark.parametrize("address", SETTINGS)
def test_an_author_of_a_published_course_reads_whom_to_ask(
    address: str, course: Course, as_role: Callable[[str], Client]
) -> None:
    url = reverse(address, args=[course.pk])
    told = {
        role
        for role in AUTHORS | REVIEWERS | HR
        if "いずれかに依頼してください" in as_role(role).get(url).content.decode()
    }
    assert told == {"author"}
    assert 'form method="post" novalidate data-rows' not in (
        as_role("author").get(url).content.decode()
    )
    never_published(course)
    assert "いずれかに依頼してください" not in as_role("author").get(url).content.decode()


@pytest.mark.parametrize(
    ("action", "allowed"),
    [
        ("view", AUTHORS | REVIEWERS),
        ("edit", AUTHORS),
        ("publish", REVIEWERS),
        ("set terms", REVIEWERS),
    ],
)
def test_the_policy_says_the_same_for_one_course_and_for_the_list(
    action: str, allowed: frozenset[str], course: Course, users: dict[str, AbstractUser]
) -> None:
    assert {role for role, user in users.items() if may(user, action, course)} == allowed
    assert {role for role, user in users.items() if courses_for(user, action)} == allowed


@pytest.mark.parametrize("role", ROLES)
def test_no_author_publishes_by_sending_the_button_they_are_not_shown(
    role: str, course: Course, as_role: Callable[[str], Client]
) -> None:
    lesson = LessonPage.objects.get(lesson__course=course)
    as_role(role).post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        {
            "title": "勝手に公開",
            "slug": lesson.slug,
            "body-count": "0",
            "action-publish": "1",
        },
    )
    lesson.refresh_from_db()
    assert (lesson.title == "勝手に公開") is (role == "administrator")


# address, who may read it
API: list[tuple[str, frozenset[str]]] = [
    ("/api/v1/skills/matrix/", frozenset({"HR", "administrator"})),
    ("/api/v1/learning/", frozenset({"learner", "HR"})),
    ("/api/v1/courses/", frozenset({"learner", "HR"})),
    ("/api/v1/courses/C1/", frozenset()),  # meant for nobody yet
    ("/api/v1/me/", frozenset(ROLES) - {"nobody"}),
]


@pytest.mark.parametrize(("url", "allowed"), API, ids=[url for url, _ in API])
def test_the_api_answers_only_who_may_ask(
    url: str, allowed: frozenset[str], course: Course, as_role: Callable[[str], Client]
) -> None:
    assert {role for role in ROLES if as_role(role).get(url).status_code == 200} == allowed
