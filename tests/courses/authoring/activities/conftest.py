"""Two teams with a course each, the official question type, and one with every kind of field."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from courses.authoring.services import set_up_authors
from courses.h5p.services import install_libraries_from_directory
from courses.models import Activity, Course, H5PLibrary
from tests.courses.h5p.conftest import (  # noqa: F401 - fixtures
    h5p_root,
    official,
    question,
    true_false,
)
from tests.courses.h5p.every_kind import write_every_kind
from tests.factories import make_course, make_user


@pytest.fixture
def course(db: None) -> Course:
    """The author's course: one lesson, no activity yet."""
    return make_course("C1", title="窓口の改革", activities=0)


@pytest.fixture
def other_course(course: Course) -> Course:
    return make_course("C2", title="別の班の講座", activities=0)


def _member(course: Course, username: str) -> Client:
    page = Page.objects.get(slug=course.key.lower())
    user = make_user(username)
    user.groups.add(set_up_authors(section=page))
    client = Client(headers={"accept-language": "ja"})
    client.force_login(user)
    return client


@pytest.fixture
def author(course: Course) -> Client:
    return _member(course, "author")


@pytest.fixture
def stranger(other_course: Course) -> Client:
    """An author of another team."""
    return _member(other_course, "stranger")


@pytest.fixture
def draft(course: Course, author: Client) -> Activity:
    """A new, empty activity of the author's."""
    author.post(
        "/admin/snippets/lms_courses/activity/add/",
        {"course": course.pk, "title_ja": "新しい問い", "kind": "h5p"},
    )
    return Activity.objects.get(title_ja="新しい問い")


@pytest.fixture
def every_kind(db: None, tmp_path: Path) -> H5PLibrary:
    folder = write_every_kind(tmp_path / "libraries")
    libraries = install_libraries_from_directory(directory=folder)
    return next(library for library in libraries if library.machine_name == "H5P.EveryKind")


Save = Callable[..., Any]


@pytest.fixture
def save(author: Client) -> Save:
    """Posts the editor's form of an activity, as the browser does."""

    def post(activity: Activity, client: Client = author, **values: Any) -> Any:
        given = {"title_ja": activity.title_ja, "title_en": "", "pass_percent": "", "h5p": "{}"}
        return client.post(
            f"/admin/snippets/lms_courses/activity/edit/{activity.pk}/", given | values
        )

    return post
