from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage, run_checks

CONTENT_MIDDLEWARE = "courses.h5p.middleware.ContentOriginMiddleware"
SESSION_MIDDLEWARE = "django.contrib.sessions.middleware.SessionMiddleware"


def messages() -> list[CheckMessage]:
    return [message for message in run_checks() if (message.id or "").startswith("lms_courses.")]


def ids() -> set[str | None]:
    return {message.id for message in messages()}


def test_the_ready_made_site_has_no_fault() -> None:
    assert ids() == set()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("LMS_COURSES_CONTENT_ORIGIN", "", "lms_courses.E001"),
        ("LMS_COURSES_CONTENT_ORIGIN", "content.testserver", "lms_courses.E001"),
        ("LMS_COURSES_CONTENT_ORIGIN", "https://content.testserver/h5p", "lms_courses.E001"),
        ("LMS_COURSES_SITE_ORIGINS", [], "lms_courses.E002"),
        ("LMS_COURSES_SITE_ORIGINS", ["testserver"], "lms_courses.E002"),
        ("LMS_COURSES_CONTENT_ORIGIN", "http://testserver", "lms_courses.E003"),
        ("LMS_COURSES_CONTENT_ORIGIN", "http://testserver:8001", "lms_courses.E003"),
        ("SESSION_COOKIE_DOMAIN", ".testserver", "lms_courses.E004"),
        ("MIDDLEWARE", [SESSION_MIDDLEWARE], "lms_courses.E005"),
        ("MIDDLEWARE", [SESSION_MIDDLEWARE, CONTENT_MIDDLEWARE], "lms_courses.E005"),
        ("LMS_COURSES_H5P_PLAYER_DIR", None, "lms_courses.E006"),
        ("LMS_COURSES_H5P_PLAYER_DIR", "/nowhere", "lms_courses.E006"),
        ("LMS_COURSES_H5P_ROOT", None, "lms_courses.E007"),
        ("ALLOWED_HOSTS", ["testserver"], "lms_courses.W001"),
    ],
)
def test_a_setting_that_makes_h5p_unsafe_or_unplayable_is_said(
    settings: Any, name: str, value: Any, expected: str
) -> None:
    setattr(settings, name, value)
    found = [message for message in messages() if message.id == expected]
    assert len(found) == 1
    assert found[0].hint


@pytest.mark.parametrize("name", ["MEDIA_ROOT", "STATIC_ROOT"])
def test_a_store_that_the_site_itself_serves_is_refused(
    settings: Any, tmp_path: Path, name: str
) -> None:
    setattr(settings, name, tmp_path)
    settings.LMS_COURSES_H5P_ROOT = tmp_path / "deep" / "h5p"
    assert ids() == {"lms_courses.E008"}


def test_a_storage_of_the_hosts_own_is_used(settings: Any, tmp_path: Path) -> None:
    settings.LMS_COURSES_H5P_ROOT = None
    settings.STORAGES = settings.STORAGES | {
        "h5p": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "elsewhere"},
        }
    }
    assert ids() == set()
