"""The test suite on real PostgreSQL and, unless --wagtail74, in real Chromium.

Arguments go to pytest: `scripts/run_tests.py tests/lms -k statement`.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from services import chromium, postgresql

ROOT = Path(__file__).resolve().parents[1]
# They spread over the cores. The browser tests of one file stay together: each process has a
# running site of its own, in which they come one after the other.
WITHOUT_BROWSER = ["-q", "-m", "not browser", "-n", "auto"]
IN_BROWSER = ["-q", "-m", "browser", "-n", "2", "--dist", "loadfile"]
# What meets Wagtail: its pages, drafts, workflows and snippets, its admin, and other sites around
# them. The rest is the same under either of its versions, and runs once, with the newer.
WITH_WAGTAIL = (
    "tests/courses/authoring/activities/test_editing.py",
    "tests/courses/authoring/exercises",
    "tests/courses/authoring/grading/test_views.py",
    "tests/courses/authoring/lessons",
    "tests/courses/authoring/librarian/test_views.py",
    "tests/courses/authoring/paths",
    "tests/courses/authoring/review",
    "tests/courses/authoring/test_editor_in_japanese.py",
    "tests/courses/authoring/test_publishing.py",
    "tests/courses/authoring/test_workshops.py",
    "tests/courses/authoring/translation/test_views.py",
    "tests/courses/authoring/versions/test_views.py",
    "tests/courses/catalogue/search/test_services.py",
    "tests/courses/starter/test_load.py",
    "tests/host/test_names.py",
    "tests/host/test_wagtail_defaults.py",
    "tests/host/test_wagtail_japanese.py",
    "tests/journeys",
    "tests/lms/duties/test_listing.py",
    "tests/lms/enrolment/admin",
    "tests/lms/enrolment/test_audience.py",
    "tests/lms/workshops/admin",
    "tests/skills_matrix/admin",
    "tests/skills_matrix/corrections",
    "tests/skills_matrix/exchange/admin",
    "tests/api/v1/test_courses.py",
    "tests/api/v1/test_reviews.py",
    "tests/test_projects.py",
)


def main(arguments: list[str]) -> int:
    older = "--wagtail74" in arguments
    asked = [item for item in arguments if item != "--wagtail74"]
    python = wagtail74_python() if older else sys.executable
    if older:
        runs = [[*WITHOUT_BROWSER, *(asked or WITH_WAGTAIL)]]
    else:
        os.environ["LMS_CHROMIUM"] = str(chromium())
        runs = [asked] if asked else [WITHOUT_BROWSER, IN_BROWSER]
    with postgresql(durable=False) as url, migrated(url, python) as template:
        environment = os.environ | {"DATABASE_URL": url, "LMS_TEST_TEMPLATE": template}
        # Every run is made even if one fails: a list of all faults beats the first one.
        codes = [
            subprocess.call([python, "-m", "pytest", *run], cwd=ROOT, env=environment)
            for run in runs
        ]
    return max(codes)


@contextlib.contextmanager
def migrated(url: str, python: str) -> Iterator[str]:
    """Name of a database with every migration, which each test process copies as its own.

    Some three hundred migrations take a minute; without this each process would make them.
    """
    name = f"lms_test_template_{os.getpid()}"
    with psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            its_url = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
            subprocess.check_call(
                [python, "manage.py", "migrate", "--verbosity", "0"],
                cwd=ROOT,
                env=os.environ
                | {"DATABASE_URL": its_url, "DJANGO_SETTINGS_MODULE": "host.settings.test"},
            )
            yield name
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def wagtail74_python() -> str:
    """A second virtual environment with the oldest supported Wagtail, made when missing."""
    venv = ROOT / ".venv-wagtail74"
    lock = ROOT / "requirements" / "wagtail74.txt"
    stamp = venv / ".installed"
    if not stamp.exists() or stamp.read_text() != lock.read_text():
        print("\n==> Python packages with Wagtail 7.4 (locked)", flush=True)
        subprocess.check_call([sys.executable, "-m", "venv", str(venv)])
        subprocess.check_call(
            [
                *(str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet"),
                *("--disable-pip-version-check", "--progress-bar", "off", "--no-compile"),
                *("--no-deps", "--require-hashes", "-r", str(lock)),
            ]
        )
        stamp.write_text(lock.read_text())
    return str(venv / "bin" / "python")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
