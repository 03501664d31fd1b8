"""The packages inside other people's sites: each project boots, migrates and shows a course."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import wagtail

ROOT = Path(__file__).resolve().parents[1]
# Each has the packages of the one before, and more.
GROWING = ("courses_only", "no_skills", "full")

pytestmark = pytest.mark.long


def boot(project: str, directory: Path) -> None:
    """The project's smoke test on the database in the directory, in a process of its own."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": f"tests.projects.{project}.settings",
        "LMS_PROJECT_DIR": str(directory),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "tests/projects/smoke.py", project],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "boots, migrates and publishes" in done.stdout


def test_the_packages_boot_and_migrate_in_another_site_that_takes_more_and_more(
    tmp_path: Path,
) -> None:
    """A package's tables come beside those, and courses, of the packages below it.

    All of them at once, from nothing, is how the database of every other test is made.
    """
    for project in GROWING:
        boot(project, tmp_path)


# Wagtail can swap its page model from 8.0 on; before, such a project cannot exist.
@pytest.mark.skipif(wagtail.VERSION < (8,), reason="Wagtail's page model cannot be swapped")
def test_the_packages_boot_and_migrate_where_the_page_model_is_swapped(tmp_path: Path) -> None:
    boot("swapped_page", tmp_path)
