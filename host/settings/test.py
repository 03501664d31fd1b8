"""Settings of the test suite: real PostgreSQL, fast password hashes, nothing else changed."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")

from host.settings.base import *  # noqa: F403
from host.settings.base import DATABASES, SITE_ORIGIN, WAGTAILSEARCH_BACKENDS

if template := os.environ.get("LMS_TEST_TEMPLATE"):
    # Made by scripts/run_tests.py: each test process copies it instead of migrating.
    DATABASES["default"]["TEST"] = {"TEMPLATE": template}

SECRET_KEY = "only for tests"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver", "content.testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

_directory = tempfile.TemporaryDirectory(prefix="lms-test-")  # removed when Python ends
TEST_DIR = Path(_directory.name)
MEDIA_ROOT = TEST_DIR / "media"
LMS_COURSES_H5P_ROOT = TEST_DIR / "h5p"
LMS_BADGE_KEY_FILE = TEST_DIR / "badge_key.pem"
LMS_COURSES_SITE_ORIGINS = [SITE_ORIGIN, "http://testserver"]
LMS_COURSES_CONTENT_ORIGIN = "http://content.testserver"

# Jobs are done at once; tests of the worker itself say otherwise.
LMS_JOBS_BACKEND = "default"

# The admin's own search is Wagtail's to test; filling it is an eighth of what a page costs.
WAGTAILSEARCH_BACKENDS["default"]["AUTO_UPDATE"] = False

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
