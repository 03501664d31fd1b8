"""A site with one content type in two versions, a course that uses the older, and a librarian."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from courses.authoring.services import set_up_librarians
from courses.h5p.library import LibraryName
from courses.h5p.models import H5PContent, H5PLibrary
from courses.h5p.selectors import library_named
from courses.h5p.services import install_package
from courses.models import Activity
from tests.courses.h5p.greeting import greeting_package, new_version
from tests.courses.h5p.packages import pack
from tests.factories.courses import make_activity, make_course


@pytest.fixture(autouse=True)
def h5p_root(settings: Any, tmp_path: Path) -> Path:
    root = tmp_path / "h5p"
    settings.LMS_COURSES_H5P_ROOT = root
    return root


@pytest.fixture
def librarian(db: None) -> Any:
    user = get_user_model().objects.create_user("librarian", password="x")
    user.groups.add(set_up_librarians())
    return user


@pytest.fixture
def client(librarian: Any) -> Client:
    signed_in = Client(headers={"accept-language": "ja"})
    signed_in.force_login(librarian)
    return signed_in


@pytest.fixture
def content(db: None) -> H5PContent:
    files = greeting_package() | new_version()
    return install_package(file=pack(files), may_install_libraries=True)


def library(label: str) -> H5PLibrary:
    name, _, version = label.partition(" ")
    major, minor = version.split(".")
    found = library_named(LibraryName(name, int(major), int(minor)))
    assert found is not None
    return found


@pytest.fixture
def old(content: H5PContent) -> H5PLibrary:
    return library("H5P.Greeting 1.0")


@pytest.fixture
def new(content: H5PContent) -> H5PLibrary:
    return library("H5P.Greeting 1.2")


@pytest.fixture
def activity(content: H5PContent) -> Activity:
    course = make_course("C1", title="窓口の基本", activities=0)
    lesson = course.activities.get()
    return make_activity(lesson, "greet", title="朝のあいさつ", content=content)
